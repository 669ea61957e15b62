#!/usr/bin/env python3
"""Turns scenarios/requirements/*.xml into C++ constants.

usage: generate_requirements.py OUT.hpp OUT.cpp IN.xml...

An id used twice, a level that no RFC knows, an entry without a source: an error with file and id.
"""
import pathlib
import sys
import xml.etree.ElementTree as ET

NS = "{urn:mailspec:requirements:1}"
LEVELS = {"MUST": "must", "MUST NOT": "must_not", "SHOULD": "should", "SHOULD NOT": "should_not", "MAY": "may"}


def quoted(text):
    """A C++ string literal; octets outside printable ASCII become octal escapes."""
    out = []
    for octet in text.encode("utf-8"):
        c = chr(octet)
        if c in '"\\?':
            out.append("\\" + c)
        elif 32 <= octet < 127:
            out.append(c)
        else:
            out.append("\\%03o" % octet)
    return '"' + "".join(out) + '"'


def one_line(text):
    return " ".join((text or "").split())


def read(paths):
    entries = {}
    for path in paths:
        for node in ET.parse(path).getroot().findall(NS + "requirement"):
            identifier, level = node.get("id"), node.get("level")
            sources = [(s.get("rfc"), s.get("section"), one_line(s.text)) for s in node.findall(NS + "source")]
            untestable = node.find(NS + "untestable")
            if identifier in entries:
                sys.exit(f"{path}: requirement {identifier} stands twice")
            if level not in LEVELS:
                sys.exit(f"{path}: requirement {identifier}: level {level!r} is none of {', '.join(LEVELS)}")
            if not sources or not all(all(s) for s in sources):
                sys.exit(f"{path}: requirement {identifier}: needs a source with rfc, section and sentence")
            entries[identifier] = (LEVELS[level], node.get("title") or sys.exit(f"{path}: {identifier}: no title"),
                                   sources, one_line(untestable.text) if untestable is not None else "")
    return dict(sorted(entries.items()))


def constant(identifier):
    return identifier.replace(".", "_").replace("-", "_")


def write(path, lines):
    """Leaves a file alone that would not change: nearly all of the program is compiled anew after the header."""
    path, text = pathlib.Path(path), "\n".join(lines) + "\n"
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


def main():
    header, source, *inputs = sys.argv[1:]
    entries = read(inputs)
    lines = ["#pragma once", "namespace mailspec::rfc::req {", *(
        f"extern const requirement& {constant(i)};" for i in entries), "}"]
    write(header, lines)
    lines = ['#include "harness/rfc/catalogue.hpp"', "namespace mailspec::rfc {", "namespace {"]
    for i, (_, _, sources, _) in entries.items():
        places = ", ".join("{%s, %s, %s}" % tuple(map(quoted, s)) for s in sources)
        lines.append(f"constexpr citation sources_{constant(i)}[] = {{{places}}};")
    lines.append(f"constexpr requirement all[] = {{")
    for i, (level, title, _, untestable) in entries.items():
        lines.append(f"    {{{quoted(i)}, level::{level}, {quoted(title)}, sources_{constant(i)}, {quoted(untestable)}}},")
    lines += ["};", "}", "std::span<const requirement> catalogue() { return all; }", "}", "namespace mailspec::rfc::req {"]
    lines += [f"constinit const requirement& {constant(i)} = all[{n}];" for n, i in enumerate(entries)]
    lines.append("}")
    write(source, lines)


main()
