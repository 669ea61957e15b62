#!/usr/bin/env python3
"""Embeds bundled files into the program: scenarios and their messages, or targets.

usage: embed.py OUT.cpp FUNCTION FOLDER FILE...

FUNCTION, of harness/scenario/bundled.hpp, gives them.

Each FILE lies below FOLDER; its path there is its name in the program. The octets are taken as they are.
"""
import os
import sys

LINE = 100  # octets of a file on one line of the output


def literal(octets):
    """A C++ string literal; what is not printable ASCII becomes three octal digits."""
    out = []
    for octet in octets:
        c = chr(octet)
        if c == "\n":
            out.append("\\n")
        elif c in '"\\?':
            out.append("\\" + c)
        elif 32 <= octet < 127:
            out.append(c)
        else:
            out.append("\\%03o" % octet)
    return '"' + "".join(out) + '"'


def literals(octets):
    pieces = [octets[i:i + LINE] for i in range(0, len(octets), LINE)] or [b""]
    return "\n        ".join(literal(piece) for piece in pieces)


def main():
    out, function, folder, files = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]
    entries = []
    for path in files:
        name = os.path.relpath(path, folder).replace(os.sep, "/")
        with open(path, "rb") as file:
            entries.append((name, file.read()))
    entries.sort()
    lines = ["// Made by tools/embed.py.", '#include "harness/scenario/bundled.hpp"', "", "#include <array>", "",
             "namespace mailspec::scenario {", "", "namespace {", "",
             "constexpr std::array<bundled_file, %d> files = {{" % len(entries)]
    for name, octets in entries:
        lines.append("    {%s, std::string_view(\n        %s, %d)}," % (literal(name.encode()), literals(octets), len(octets)))
    lines += ["}};", "", "} // namespace", "", "std::span<const bundled_file> %s() { return files; }" % function, "",
              "} // namespace mailspec::scenario", ""]
    text = "\n".join(lines)
    with open(out, "w", encoding="ascii", newline="\n") as file:
        file.write(text)


if __name__ == "__main__":
    main()
