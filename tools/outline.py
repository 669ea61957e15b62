#!/usr/bin/env python3
"""Outlines the bundled scenarios, so that the program can list and select them without reading them.

usage: outline.py OUT.cpp FOLDER FILE...

For each FILE below FOLDER: id, title, tags and the protocols of its sessions. A file that is no scenario is left out:
loading it says what is wrong.
"""
import os
import sys
import xml.etree.ElementTree as ET

from embed import literal

NS = "{urn:mailspec:scenario:1}"
PROTOCOLS = ("imap", "pop3", "smtp", "submission", "lmtp", "managesieve")


def outline(path, folder):
    root = ET.parse(path).getroot()
    name = os.path.relpath(path, folder).replace(os.sep, "/").removesuffix(".xml")
    sessions = [child.tag.removeprefix(NS) for child in root if child.tag.removeprefix(NS) in PROTOCOLS]
    return name, root.get("title", ""), " ".join(root.get("tags", "").split()), " ".join(dict.fromkeys(sessions))


def main():
    out, folder, files = sys.argv[1], sys.argv[2], sys.argv[3:]
    outlines = []
    for path in files:
        try:
            outlines.append(outline(path, folder))
        except ET.ParseError:
            continue
    lines = ["// Made by tools/outline.py.", '#include "harness/scenario/bundled.hpp"', "", "#include <array>", "",
             "namespace mailspec::scenario {", "", "namespace {", "",
             "constexpr std::array<outline, %d> all = {{" % len(outlines)]
    for each in sorted(outlines):
        lines.append("    {%s}," % ", ".join(literal(field.encode()) for field in each))
    lines += ["}};", "", "} // namespace", "", "std::span<const outline> bundled_outlines() { return all; }", "",
              "} // namespace mailspec::scenario", ""]
    with open(out, "w", encoding="ascii", newline="\n") as file:
        file.write("\n".join(lines))


if __name__ == "__main__":
    main()
