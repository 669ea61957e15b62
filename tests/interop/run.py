#!/usr/bin/env python3
"""Runs all bundled scenarios against Debian's Dovecot and Postfix and holds the verdicts against verdicts.json.

usage: run.py PROGRAM [--only TARGET|logins] [--keep]

Every verdict other than "conforms" must be explained by an entry of verdicts.json, and every entry must be
needed, but for those marked "sometimes", races of a server: a verdict that nobody explained is a defect of the server or
of ours. Prints the verdict table.
Exits 77 (skipped) with the reason where the servers cannot be started.
"""
import argparse
import collections
import fnmatch
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

import configurations
import servers

HERE = pathlib.Path(__file__).resolve().parent
OUTCOMES = ("conforms", "unsupported", "deviates", "inconclusive", "violates", "broken")


def urls(running, doors):
    """The target's URLs: every door for alice, and bob and carol on the same server."""
    for scheme, port, options in doors:
        for user in servers.USERS:
            yield (f"{scheme}://{user}@localhost:{running.ports[port]}?{options}"
                   f"&ca={running.ca_file}&disposable=yes&role={user}&address={user}@{servers.DOMAIN}")


TARGETS = {
    "dovecot, plain": [("imap", "imap", "tls=none"), ("pop3", "pop3", "tls=none"),
                       ("submission", "dovecot-submission", "tls=none"), ("lmtp", "lmtp", "tls=none")],
    "dovecot, starttls": [("imap", "imap", "tls=starttls"), ("pop3", "pop3", "tls=starttls"),
                          ("submission", "dovecot-submission", "tls=starttls"), ("lmtp", "lmtp", "tls=starttls")],
    "dovecot, implicit tls": [("imaps", "imaps", "tls=implicit"), ("pop3s", "pop3s", "tls=implicit"),
                              ("submissions", "dovecot-submissions", "tls=implicit")],
    "postfix, plain": [("smtp", "smtp", "tls=none"), ("submission", "submission", "tls=none"),
                       ("imap", "imap", "tls=none"), ("pop3", "pop3", "tls=none")],
    "postfix, starttls": [("smtp", "smtp", "tls=starttls"), ("submission", "submission", "tls=starttls"),
                          ("imap", "imap", "tls=none"), ("pop3", "pop3", "tls=none")],
}


MECHANISMS = ("PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256")
LOGINS = {"imap": "authenticated", "pop3": "transaction", "submission": "authenticated"}
LOGIN_DOORS = {
    "dovecot, plain": {"imap": "imap", "pop3": "pop3", "submission": "dovecot-submission"},
    "dovecot, starttls": {"imap": "imap", "pop3": "pop3", "submission": "dovecot-submission"},
    "dovecot, implicit tls": {"imaps": "imaps", "pop3s": "pop3s", "submissions": "dovecot-submissions"},
    "postfix, plain": {"submission": "submission"},
    "postfix, starttls": {"submission": "submission"},
}


def logins(program, running, directory):
    """mailspec's own login with every mechanism, with the right and with a wrong password; gives what went wrong."""
    folder = directory / "logins"
    for protocol, state in LOGINS.items():
        path = folder / protocol / "login.xml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'<scenario xmlns="urn:mailspec:scenario:1" id="{protocol}/login" title="logs in">'
                        f'<{protocol} state="{state}"/><C>NOOP</C></scenario>\n')
    for name, doors in LOGIN_DOORS.items():
        tls = {"plain": "none", "starttls": "starttls", "implicit tls": "implicit"}[name.split(", ")[1]]
        spoken = {scheme.removesuffix("s") for scheme in doors}
        # USER, PASS and LOGIN are no mechanisms of submission.
        for mechanism in MECHANISMS + (("command",) if "imap" in spoken else ()):
            for password, status, outcome in ((running.password, 0, "conforms"), ("no-password", 3, "inconclusive")):
                report = directory / "login.xml"
                command = [program, "run", "--scenarios", folder, "--report", f"junit:{report}", "-v",
                           *(f"{protocol}/login" for protocol in sorted(spoken))]
                for scheme, port in doors.items():
                    command += ["--target", f"{scheme}://alice@localhost:{running.ports[port]}?tls={tls}&auth={mechanism}"
                                            f"&ca={running.ca_file}&disposable=yes"]
                done = subprocess.run(command, capture_output=True, text=True, timeout=60,
                                      env=dict(os.environ, MAILSPEC_PASSWORD=password, NO_COLOR="1"))
                got = verdicts(report) if report.exists() else {}
                report.unlink(missing_ok=True)
                told = all("was refused for alice" in text for _, text in got.values()) or status == 0
                right = done.returncode == status and len(got) == len(doors) and told
                if not right or {o for o, _ in got.values()} != {outcome} or password in done.stdout + done.stderr:
                    yield f"{name}: login by {mechanism}, {outcome} awaited\n{done.stdout}{done.stderr}"


def run(program, running, name, directory):
    report = directory / "report.xml"
    report.unlink(missing_ok=True)
    # One at a time: Dovecot 2.3 makes a Maildir with four mkdir(2), and another session of the user, which finds it half
    # made while it refreshes the list of mailboxes, makes what it lacks. CREATE then gets NO [ALREADYEXISTS].
    command = [program, "run", "--jobs", "1", "--report", f"junit:{report}"]
    for url in urls(running, TARGETS[name]):
        command += ["--target", url]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600,
                          env=dict(os.environ, MAILSPEC_PASSWORD=running.password, NO_COLOR="1"))
    if not report.exists():
        sys.exit(f"{name}: no report; exit status {done.returncode}\n{done.stdout}{done.stderr}")
    if running.password in report.read_text() + done.stdout + done.stderr:
        sys.exit(f"{name}: the password stands in the report or in the output")
    return verdicts(report)


def verdicts(report):
    """Scenario id -> (outcome, all that the report says of it)."""
    found = {}
    for suite in ET.parse(report).getroot().iter("testsuite"):
        outcomes = {p.get("name").removesuffix(".outcome"): p.get("value")
                    for p in suite.iter("property") if p.get("name").endswith(".outcome")}
        for case in suite.iter("testcase"):
            scenario = suite.get("name") + "/" + case.get("name")
            text = "\n".join(" ".join([*(e.attrib.values()), e.text or ""]) for e in case)
            found[scenario] = (outcomes[scenario], text)
    return found


def explains(entry, target, scenario, outcome, text):
    return (any(fnmatch.fnmatch(target, t) for t in entry["targets"])
            and any(fnmatch.fnmatch(scenario, s) for s in entry["scenarios"])
            and entry["outcome"] == outcome and all(said in text for said in entry["says"]))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--only")
    parser.add_argument("--keep", action="store_true", help="leave the servers' folder and reports in place")
    options = parser.parse_args()
    reason = servers.unavailable()
    if reason:
        print(f"skipped: {reason}")
        sys.exit(77)
    entries = json.loads((HERE / "verdicts.json").read_text())
    unused = set(range(len(entries)))
    faults, table = [], {}
    directory = pathlib.Path(tempfile.mkdtemp(prefix="mailspec-interop-"))
    with servers.Servers(directory, more=configurations.SHARING) as running:
        for name in TARGETS:
            if options.only and options.only != name:
                continue
            got = run(options.program, running, name, directory)
            table[name] = collections.Counter(outcome for outcome, _ in got.values())
            for scenario, (outcome, text) in sorted(got.items()):
                reasons = [i for i, e in enumerate(entries) if explains(e, name, scenario, outcome, text)]
                unused -= set(reasons)
                if outcome != "conforms" and not reasons:
                    faults.append(f"{name}: {scenario}: {outcome}, and nothing explains it\n{text}")
        if not options.only or options.only == "logins":
            faults += logins(options.program, running, directory)
    if not options.keep:
        subprocess.run(["rm", "-rf", str(directory)], check=True)
    if not options.only:
        faults += [f"verdicts.json: this did not happen: {entries[i]}" for i in sorted(unused)
                   if not entries[i].get("sometimes")]
    print("".join(f"{f}\n" for f in faults))
    print(f"{'':24}" + "".join(f"{o:>14}" for o in OUTCOMES))
    for name, counts in table.items():
        print(f"{name:24}" + "".join(f"{counts[o]:>14}" for o in OUTCOMES))
    print(f"{len(faults)} unexplained")
    sys.exit(1 if faults else 0)


main()
