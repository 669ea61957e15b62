#!/usr/bin/env python3
"""Checks the requirement catalogue against the texts and against the scenarios.

usage: check_requirements.py [FOLDER with rfcNNNN.txt]

Every sentence quoted in scenarios/requirements/*.xml must stand in its RFC, in the section named (only with the
folder given), and every id that a scenario proves or an outcome violates must exist. Prints one line for each
fault and exits 1; else a line of counts.
"""
import pathlib
import re
import sys
import xml.etree.ElementTree as ET

ROOT = pathlib.Path(__file__).resolve().parent.parent
REQUIREMENTS = "{urn:mailspec:requirements:1}"
PAGE_BREAK = re.compile(r"\n*[^\n]*\[Page \d+\][ \t]*\n\f?\n*(RFC \d+[^\n]*\n)?\n*")
HEADING = re.compile(r"^(?:Appendix )?([0-9]+(?:\.[0-9]+)*|[A-Z](?:\.[0-9]+)*)\.?[ \t]+\S", re.M)


def squeezed(text):
    return "".join(text.split())


class Text:
    """One RFC without its page breaks, cut into sections by their headings."""

    def __init__(self, path):
        # A page break may stand inside a sentence: a single line end remains of it.
        self.whole = PAGE_BREAK.sub("\n", path.read_text(encoding="utf-8", errors="replace").replace("\r", ""))
        self.sections = {}
        headings = list(HEADING.finditer(self.whole))
        for heading, following in zip(headings, headings[1:] + [None]):
            end = following.start() if following else len(self.whole)
            self.sections.setdefault(heading.group(1), []).append(squeezed(self.whole[heading.start():end]))
        self.whole = squeezed(self.whole)

    def fault(self, section, sentence):
        wanted = squeezed(sentence)
        if wanted not in self.whole:
            return "does not hold this sentence"
        if not any(wanted in part for name, parts in self.sections.items() for part in parts
                   if name == section or name.startswith(section + ".")):
            return f"holds this sentence, but not in section {section}"
        return None


def catalogue(texts):
    faults, ids, quotes = [], set(), 0
    for path in sorted((ROOT / "scenarios/requirements").glob("*.xml")):
        for node in ET.parse(path).getroot().findall(REQUIREMENTS + "requirement"):
            if node.get("id") in ids:
                faults.append(f"{path.relative_to(ROOT)}: {node.get('id')} stands twice")
            ids.add(node.get("id"))
            for source in node.findall(REQUIREMENTS + "source"):
                number, sentence = source.get("rfc"), " ".join((source.text or "").split())
                text = texts(number)
                if text is None:
                    continue
                quotes += 1
                fault = text.fault(source.get("section"), sentence)
                if fault:
                    faults.append(f"{path.relative_to(ROOT)}: {node.get('id')}: RFC {number} {fault}: {sentence[:90]}")
    return faults, ids, quotes


def scenarios(ids):
    faults, count = [], 0
    for path in sorted((ROOT / "scenarios").rglob("*.xml")):
        parts = path.relative_to(ROOT / "scenarios").parts
        if parts[0] in ("requirements", "targets"):
            continue
        count += 1
        for node in ET.parse(path).getroot().iter():
            for name in (node.get("proves") or "").split() + (node.get("violates") or "").split():
                if name not in ids | {"none"}:
                    faults.append(f"{path.relative_to(ROOT)}: no requirement {name}")
    return faults, count


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else None
    cache = {}

    def texts(number):
        if folder is None or not (folder / f"rfc{number}.txt").exists():
            return None
        if number not in cache:
            cache[number] = Text(folder / f"rfc{number}.txt")
        return cache[number]

    faults, ids, quotes = catalogue(texts)
    more, count = scenarios(ids)
    for fault in faults + more:
        print(fault)
    print(f"{len(ids)} requirements, {quotes} quotations checked, {count} scenarios, {len(faults) + len(more)} faults")
    sys.exit(1 if faults or more else 0)


main()
