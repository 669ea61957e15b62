#!/usr/bin/env python3
"""Holds the #include lines of the source tree against the table of rooms (the one-way arrows).

usage: check_rooms.py [ROOT]

Prints one line per include that its room may not have and exits 1; prints nothing and exits 0 when all is well.
Cycles cannot arise: the table is written in the order of the arrows, and each row may name only rows above it.
"""

import pathlib
import re
import sys

# room: the rooms whose headers it may include besides its own. Order matters: only rows above.
ROOMS = {
    "harness/rfc": [],
    "harness/wire": ["rfc"],
    "harness/match": ["wire", "rfc"],
    "harness/scenario": ["match", "wire", "rfc"],
    "harness/observe": ["wire", "rfc"],
    "harness/verdict": ["rfc"],
    "harness/net": [],
    "harness/serve": ["net", "wire", "rfc"],
    "harness/run": ["rfc", "wire", "match", "scenario", "observe", "verdict", "net"],
    "reports": ["verdict", "rfc"],
    "tools/mailspec": ["rfc", "wire", "match", "scenario", "observe", "verdict", "net", "serve", "run", "reports"],
}

# What of other people's only some may see: (start of the include, its name, patterns of files that may).
GUESTS = [
    ("boost/asio/ssl", "OpenSSL", [r"harness/net/.*\.cpp"]),
    ("openssl/", "OpenSSL", [r"harness/net/.*\.cpp"]),
    ("boost/asio", "Asio", [r"harness/net/.*", r"harness/serve/.*", r"harness/run/.*\.cpp", r"harness/run/(burst|session|scheduler)\.hpp", r"tools/mailspec/.*"]),
    ("pugixml", "pugixml", [r"harness/scenario/.*\.cpp"]),
    ("gsasl", "GNU SASL", [r"harness/wire/sasl/.*"]),
    ("gmime", "GMime", [r".*\.cpp"]),
    ("nlohmann/", "nlohmann's JSON", [r"reports/baseline_json\.cpp"]),
    ("fmt/", "{fmt}", [r".*\.cpp"]),
    ("regex", "<regex>", [r".*\.cpp"]),
    ("iostream", "<iostream>", [r".*\.cpp"]),
]

# Headers made at build time, by the folder they are made in.
GENERATED = {"rfc": "harness/rfc", "scenario": "harness/scenario", "tools": "tools/mailspec"}

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')


def full(room):
    return room if room == "reports" else "harness/" + room


def check_table():
    above = []
    for room, uses in ROOMS.items():
        for used in map(full, uses):
            if used not in above:
                sys.exit(f"check_rooms.py: the table lets {room} include {used}, which is not above it")
        above.append(room)


def room_of(path):
    return next((room for room in ROOMS if path.startswith(room + "/")), None)


def complaint(path, room, quoted, angled):
    """Why the file at `path` in `room` may not include that; None when it may."""
    name = quoted or angled
    guest = next((g for g in GUESTS if name == g[0] or name.startswith((g[0] + "/", g[0] + ".")) or
                  g[0].endswith("/") and name.startswith(g[0])), None)
    if guest and not any(re.fullmatch(allowed, path) for allowed in guest[2]):
        return f"{room} may not include {name}: {guest[1]} is not for " + (
            "headers" if guest[2] == [r".*\.cpp"] else "this file")
    if angled:
        return None
    target = room_of(name)
    if target is None:
        target = GENERATED.get(name.split("/")[0]) if "/" in name else None
    if target is None:
        return f"{room} includes {name}, which is no room; includes are written from the root"
    if target != room and target not in map(full, ROOMS[room]):
        return f"{room} may not include {name}"
    return None


def check(root):
    complaints = []
    for room in ROOMS:
        for file in sorted((root / room).rglob("*.[ch]pp")):
            path = file.relative_to(root).as_posix()
            for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
                found = INCLUDE.match(line)
                why = found and complaint(path, room, found[1], found[2])
                if why:
                    complaints.append(f"{path}:{number}: {why}")
    return complaints


def main():
    check_table()
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent
    if not (root / "harness").is_dir():
        sys.exit(f"check_rooms.py: {root} has no folder harness")
    complaints = check(root)
    for one in complaints:
        print(one)
    sys.exit(1 if complaints else 0)


if __name__ == "__main__":
    main()
