"""The text of an RFC as published: without its page breaks, by section, and with its key words."""
import bisect
import re

PAGE_BREAK = re.compile(r"\n*[^\n]*\[Page \d+\][ \t]*\n\f?\n*(RFC \d+[^\n]*\n)?\n*")
# RFC 1123 indents its headings, with two spaces behind the number; tables of contents have dots behind the words.
HEADING = re.compile(r"^(?:Appendix |   (?:   )?(?=[0-9]+(?:\.[0-9]+){2}  \w)(?![^\n]*\.\.\.))?"
                     r"([0-9]+(?:\.[0-9]+)*|[A-Z](?:\.[0-9]+)*)\.?[ \t]+\S", re.M)
# As RFC 2119 and 8174 have it, only in capitals; a word in quotation marks is spoken of, not used.
KEY_WORD = re.compile(r"(?<![\"'\w])(MUST|SHALL|REQUIRED|SHOULD|RECOMMENDED|MAY|OPTIONAL)(?![\"'\w])")


def squeezed(text):
    return "".join(text.split())


class Text:
    """One RFC, cut into sections by their headings."""

    def __init__(self, path):
        # A page break may stand inside a sentence: a single line end remains of it.
        self.text = PAGE_BREAK.sub("\n", path.read_text(encoding="utf-8", errors="replace").replace("\r", ""))
        self.kept = [i for i, c in enumerate(self.text) if not c.isspace()]
        self.whole = "".join(self.text[i] for i in self.kept)
        # (name, where it begins, where it ends), counted in characters that are not space
        starts = [(m.group(1), bisect.bisect_left(self.kept, m.start())) for m in HEADING.finditer(self.text)]
        ends = [at for _, at in starts[1:]] + [len(self.whole)]
        self.sections = [(name, at, end) for (name, at), end in zip(starts, ends)]
        self.covered = bytearray(len(self.whole))

    def places(self, sentence):
        """Where the sentence stands, white space aside: (begin, end) of each place."""
        wanted, at = squeezed(sentence), -1
        while wanted and (at := self.whole.find(wanted, at + 1)) >= 0:
            yield at, at + len(wanted)

    def quote(self, section, sentence):
        """Marks what is quoted; gives what is wrong with the quotation, or None."""
        places = list(self.places(sentence))
        if not places:
            return "does not hold this sentence"
        inside = [(b, e) for b, e in places for name, at, end in self.sections
                  if at <= b and e <= end and (name == section or name.startswith(section + "."))]
        for begin, end in inside:
            self.covered[begin:end] = b"\1" * (end - begin)
        return None if inside else f"holds this sentence, but not in section {section}"

    def section_at(self, at):
        return next((name for name, begin, end in self.sections if begin <= at < end), "0")

    def key_words_left(self):
        """(section, key word, the text around it) of each key word that no quotation covers; and how many there are."""
        left, count = [], 0
        for word in KEY_WORD.finditer(self.text):
            at = bisect.bisect_left(self.kept, word.start())
            count += 1
            if not self.covered[at]:
                around = self.text[max(0, word.start() - 160):word.end() + 160]
                left.append((self.section_at(at), word.group(1), " ".join(around.split())))
        return left, count
