#!/usr/bin/env python3
"""Checks the requirement catalogue against the texts and against the scenarios.

usage: check_requirements.py [FOLDER with rfcNNNN.txt [NNNN...]]

Every id that a scenario proves or an outcome violates must exist. With the folder given, every sentence quoted in
scenarios/requirements must stand in its RFC, in the section named, and every key word of RFC 2119 in the texts that
the catalogue covers must stand in a sentence quoted: by a requirement, or by an aside (asides/rfcNNNN*.xml), which says
whom else it binds and why. Numbers after the folder: only the key words of those RFCs are looked for. Prints one line
for each fault and exits 1; else a line of counts.
"""
import pathlib
import sys
import xml.etree.ElementTree as ET

from rfc_text import Text

ROOT = pathlib.Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "scenarios/requirements"
NS = "{urn:mailspec:requirements:1}"
# Whose every statement is catalogued.
COVERED = """3501 9051 1939 2449 5321 2595 3207 2920 1870 1652 2034 2033 4954 5034 3463 8314
             2177 2342 2971 4315 6851 3691 5161 7888 4959 6154 4731 8438 3502 2195""".split()
# Whom an aside may bind; all but the first say why.
BOUND = ("client", "operator", "author", "agent", "nobody")


def quote(text, section, sentence, where):
    """The fault line of a quotation, in a list; empty: it is right, or the text is not here."""
    fault = text and text.quote(section, sentence)
    return [f"{where}: {fault}: {sentence[:90]}"] if fault else []


def requirements(texts):
    faults, ids, quotes = [], set(), 0
    for path in sorted(CATALOGUE.glob("*.xml")):
        for node in ET.parse(path).getroot().findall(NS + "requirement"):
            if node.get("id") in ids:
                faults.append(f"{path.name}: {node.get('id')} stands twice")
            ids.add(node.get("id"))
            for source in node.findall(NS + "source"):
                quotes += 1
                where = f"{path.name}: {node.get('id')}: RFC {source.get('rfc')}"
                faults += quote(texts(source.get("rfc")), source.get("section"), " ".join((source.text or "").split()), where)
    return faults, ids, quotes


def asides(texts):
    faults, count = [], 0
    for path in sorted((CATALOGUE / "asides").glob("rfc*.xml")):
        number = path.stem[3:].split("-")[0]
        for node in ET.parse(path).getroot().findall(NS + "aside"):
            count += 1
            binds, sentence = node.get("binds"), " ".join((node.text or "").split())
            if binds not in BOUND:
                faults.append(f"{path.name}: binds {binds!r} is none of {', '.join(BOUND)}: {sentence[:60]}")
            elif binds != "client" and not node.get("because"):
                faults.append(f"{path.name}: binds {binds}, but does not say why: {sentence[:60]}")
            faults += quote(texts(number), node.get("section"), sentence, path.name)
    return faults, count


def key_words(texts, numbers):
    faults, count = [], 0
    for number in numbers:
        if (text := texts(number)) is None:
            continue
        left, held = text.key_words_left()
        count += held
        faults += [f"RFC {number} {section}: {word} is neither a requirement nor an aside: ...{around}..."
                   for section, word, around in left]
    return faults, count


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

    faults, ids, quotes = requirements(texts)
    aside_faults, aside_count = asides(texts)
    word_faults, words = key_words(texts, sys.argv[2:] or COVERED)
    scenario_faults, count = scenarios(ids)
    faults += aside_faults + word_faults + scenario_faults
    for fault in faults:
        print(fault)
    print(f"{len(ids)} requirements, {quotes} quotations, {aside_count} asides, {words} key words checked, "
          f"{count} scenarios, {len(faults)} faults")
    sys.exit(1 if faults else 0)


main()
