#!/usr/bin/env python3
"""Prints what `mailspec ask` finds out about the built-in server, Dovecot and Postfix, whose mail Dovecot keeps.

usage: ask.py PROGRAM [ARGUMENT...]

Further arguments go to `mailspec ask`. Exits 77 (skipped) with the reason where the servers cannot be started.
"""
import pathlib
import subprocess
import sys
import tempfile

import servers

DOORS = {"Dovecot": (("imap", "imap"), ("pop3", "pop3"), ("submission", "dovecot-submission")),
         "Postfix": (("smtp", "smtp"), ("submission", "submission"), ("imap", "imap"))}


def target_file(running, name):
    path = running.directory / f"{name}.xml"
    doors = "".join(f'  <{protocol} host="localhost" port="{running.ports[port]}" tls="none"/>\n'
                    for protocol, port in DOORS[name])
    accounts = "".join(f'  <account role="{user}" user="{user}" address="{user}@{servers.DOMAIN}" disposable="yes" '
                       f'password-file="{running.directory}/password"/>\n' for user in servers.USERS)
    path.write_text(f'<target xmlns="urn:mailspec:target:1" name="{name}">\n{doors}{accounts}</target>\n')
    return path


def main(program, *arguments):
    reason = servers.unavailable()
    if reason:
        print(reason)
        return 77
    with tempfile.TemporaryDirectory(prefix="mailspec-") as directory:
        with servers.Servers(directory) as running:
            (running.directory / "password").write_text(running.password + "\n")
            targets = [f"--target={target_file(running, name)}" for name in DOORS]
            return subprocess.run([program, "ask", *arguments, "--target", "built-in", *targets],
                                  cwd=pathlib.Path.cwd(), check=False).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
