#!/usr/bin/env python3
"""Lists which requirements the harness itself watches, whatever a scenario expects: those that its readers, its
monitors and its observers of effects cite.

usage: generate_watched.py OUT.cpp ROOT

Every `req::<constant>` in the sources of a room counts, in the order of rooms below; not in harness/run/recorded, which
names only what a recorded text cannot show.
"""
import pathlib
import re
import sys

ROOMS = [("harness/wire", "reader"), ("harness/observe", "monitor"), ("harness/run", "observer")]
SILENT = "harness/run/recorded"
CITED = re.compile(r"\breq::([a-z0-9_]+)")
COMMENT = re.compile(r"//[^\n]*")


def main():
    out, root = sys.argv[1], pathlib.Path(sys.argv[2])
    lines = ['#include "tools/mailspec/watched.hpp"', "", '#include "harness/rfc/catalogue.hpp"', "",
             "namespace mailspec::tools {", "", "namespace req = rfc::req;", "",
             "std::span<const watched> watched_requirements() {", "    static const watched all[] = {"]
    for room, by in ROOMS:
        found = set()
        for path in sorted((root / room).rglob("*.?pp")):
            if path.is_relative_to(root / SILENT):
                continue
            found.update(CITED.findall(COMMENT.sub("", path.read_text(encoding="utf-8"))))
        lines += [f"        {{&req::{name}, watcher::{by}}}," for name in sorted(found)]
    lines += ["    };", "    return all;", "}", "", "} // namespace mailspec::tools", ""]
    pathlib.Path(out).write_text("\n".join(lines), encoding="ascii")


main()
