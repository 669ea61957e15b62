#!/usr/bin/env python3
"""Makes what the tests received the approved golden files.

usage: tools/approve.py [--yes] [BUILD_FOLDER]

Shows each difference and asks, unless --yes is given. The build folder is build/ by default.
"""
import difflib
import pathlib
import shutil
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests/reports/golden"


def lines(path):
    if not path.exists():
        return []
    return path.read_text(encoding="utf-8", errors="backslashreplace").splitlines(keepends=True)


def main(arguments):
    yes = "--yes" in arguments
    folders = [a for a in arguments if a != "--yes"]
    build = pathlib.Path(folders[0]) if folders else ROOT / "build"
    received = sorted((build / "tests/reports/received").glob("*.received.*"))
    if not received:
        print(f"nothing to approve in {build}")
    for new in received:
        approved = GOLDEN / new.name.replace(".received.", ".approved.")
        sys.stdout.writelines(difflib.unified_diff(lines(approved), lines(new), str(approved), str(new)))
        if yes or input(f"approve {approved.name}? [y/N] ").lower().startswith("y"):
            shutil.move(new, approved)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
