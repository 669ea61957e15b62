#!/usr/bin/env python3
"""Real mail is never touched: the whole suite against a Dovecot account that is not disposable, and holds 500 messages.

usage: safety.py PROGRAM [--keep]

Whatever describes the person's mail is the same to the octet before and after: undisturbed, with kill -9 and Ctrl-C of
mailspec and a restart of Dovecot in the midst of a run; with other prefixes and delimiters of the namespace. No
scratch mailbox is left, after kill -9 once `mailspec clean` has run. The comparison is tried on changes made on purpose.
Exits 77 (skipped) with the reason where the servers cannot be started.
"""
import argparse
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET

import servers
from person import Account, differences, fill, is_scratch_name, quoted

# Delimiter and prefix of the personal namespace; first as most servers have them, then as Courier and its like.
HIERARCHIES = (("/", ""), (".", "INBOX."), ("/", "INBOX/"))
SCHEMES = ("imap", "pop3", "lmtp", "smtp", "submission")
DEADLINE = 300
# The commands that change what they are applied to, and SELECT, which takes \Recent away.
CHANGING = re.compile(rb"^(?:[\d.]+ )?\S+ (?:UID )?"
                      rb"(SELECT|APPEND|CREATE|DELETE|RENAME|SUBSCRIBE|UNSUBSCRIBE|SETACL|SETMETADATA) (.*)", re.I)


class Trial:
    def __init__(self, program, running, directory):
        self.program, self.running, self.directory = program, running, directory
        self.accounts = [Account(running, user) for user in servers.USERS]
        self.rawlogs = directory / "rawlog"
        self.environment = dict(os.environ, MAILSPEC_PASSWORD=running.password, NO_COLOR="1", TMPDIR=str(directory))
        self.verdicts = {}
        self.faults = []

    def snapshot(self):
        return {key: value for account in self.accounts for key, value in account.snapshot().items()}

    def scratches(self):
        return [name for account in self.accounts for name in account.scratches()]

    def urls(self, schemes=SCHEMES):
        for scheme in schemes:
            for user in servers.USERS:
                yield from ("--target", f"{scheme}://{user}@localhost:{self.running.ports[scheme]}?tls=none&role={user}"
                                        f"&address={user}@{servers.DOMAIN}")

    def start(self, *more, schemes=SCHEMES):
        self.report = self.directory / "report.xml"
        return subprocess.Popen([self.program, "run", "--report", f"junit:{self.report}", *more, *self.urls(schemes)],
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", env=self.environment)

    def stopped_in_the_midst(self):
        """A run that was halted while it had scratch mailboxes, after it had played some scenarios."""
        run = self.start()
        done = 0
        for line in run.stdout:
            done += bool(re.match(r"(conforms|unsupported|deviates|VIOLATES|INCONCLUSIVE|inconclusive) ", line))
            if done < 20:
                continue
            run.send_signal(signal.SIGSTOP)
            os.waitid(os.P_PID, run.pid, os.WSTOPPED | os.WNOWAIT)
            if self.scratches():
                return run
            run.send_signal(signal.SIGCONT)
        raise RuntimeError("the run was over before it was seen with a scratch mailbox")

    def check(self, what, before):
        self.faults += [f"{what}: {each}" for each in differences(before, self.snapshot())]
        self.faults += [f"{what}: left behind: {name}" for name in self.scratches()]

    def clean(self, *more):
        return subprocess.run([self.program, "clean", *more, *self.urls(["imap"])], capture_output=True, text=True,
                              timeout=DEADLINE, env=self.environment)

    def expect(self, what, is_so, shown):
        if not is_so:
            self.faults.append(f"{what}\n{shown}")

    def undisturbed(self, before):
        run = self.start()
        said, _ = run.communicate(timeout=DEADLINE)
        # Dovecot now and then answers CREATE of a new name with ALREADYEXISTS (see run.py): 1 or 3.
        self.expect("undisturbed: the run fails", run.returncode in (0, 1, 3), said)
        self.check("undisturbed", before)
        played = sum(outcome != "unsupported" for outcome in self.outcomes().values())
        self.expect("undisturbed: hardly any scenario was played", played > 50, said)

    def one_by_one(self, before):
        """IMAP alone: nothing touched, and the verdicts are the same whatever the prefix and the delimiter."""
        run = self.start("--jobs", "1", "--protocol", "imap", schemes=["imap"])
        run.communicate(timeout=DEADLINE)
        what = f"namespace {self.running.hierarchy}"
        self.check(what, before)
        got = self.outcomes()
        self.verdicts = self.verdicts or got
        self.faults += [f"{what}: {each}" for each in differences(self.verdicts, got)]

    def outcomes(self):
        """Scenario id -> outcome, of the last run."""
        return {p.get("name").removesuffix(".outcome"): p.get("value")
                for p in ET.parse(self.report).getroot().iter("property") if p.get("name").endswith(".outcome")}

    def killed(self, before):
        run = self.stopped_in_the_midst()
        left = self.scratches()
        run.kill()
        run.communicate(timeout=DEADLINE)
        # What was said last may still be done: CREATE.
        self.running.await_end_of("imap".__eq__)
        self.expect("kill -9: no scratch mailbox is left to be cleaned away", self.scratches(), left)
        cleaned = self.clean()
        self.expect("kill -9: clean fails", cleaned.returncode == 0, cleaned.stdout + cleaned.stderr)
        self.check("kill -9 and clean", before)
        again = self.clean()
        self.expect("clean finds more the second time", again.stdout.startswith("nothing was left"), again.stdout)

    def without_server(self, before):
        """Dovecot goes and comes back only after the run."""
        run = self.stopped_in_the_midst()
        self.running.stop_dovecot()
        run.send_signal(signal.SIGCONT)
        said, _ = run.communicate(timeout=DEADLINE)
        told = "left behind; mailspec clean" in said
        self.expect("without server: it is not told that something was left behind", told, said)
        self.running.launch_dovecot()
        cleaned = self.clean()
        self.expect("without server: clean fails", cleaned.returncode == 0, cleaned.stdout + cleaned.stderr)
        self.check("without server, and clean", before)

    def interrupted(self, before):
        run = self.stopped_in_the_midst()
        run.send_signal(signal.SIGINT)
        run.send_signal(signal.SIGCONT)
        said, _ = run.communicate(timeout=DEADLINE)
        self.expect("Ctrl-C: the exit status is not 130", run.returncode == 130, said)
        self.check("Ctrl-C", before)

    def restarted(self, before):
        run = self.stopped_in_the_midst()
        self.running.restart_dovecot()
        run.send_signal(signal.SIGCONT)
        said, _ = run.communicate(timeout=DEADLINE)
        self.expect("restart: no scenario noticed it", run.returncode in (1, 3) and "INCONCLUSIVE" in said, said)
        self.check("restart of Dovecot", before)

    def log_sessions(self):
        for user in servers.USERS:
            (self.rawlogs / user).mkdir(parents=True)
            shutil.chown(self.rawlogs / user, "nobody", "nogroup")

    def check_rawlogs(self):
        """What mailspec's sessions said, by the server's own log: nothing that changes the person's folders."""
        commands = 0
        for path in self.rawlogs.glob("*/*.in"):
            for line in path.read_bytes().splitlines():
                changing = CHANGING.match(line)
                commands += bool(changing)
                if changing and not is_scratch_name(changing[2]):
                    self.faults.append(f"a session said: {line.decode(errors='replace')}")
        self.expect("the server's log shows none of the commands it is searched for", commands > 100, str(commands))
        for path in self.rawlogs.glob("*/*"):
            path.unlink()
        return commands

    def provoke(self):
        """The comparison must see each of these, which this test does itself."""
        alice = self.accounts[0]
        imap = alice.login()
        work = alice.external("Work")

        provoked = (("SELECT of a folder", ("select", quoted(work)), f"alice {work} RECENT\n"),
                    ("one flag", ("uid", "store", "1", "+FLAGS", "(\\Seen)"), f"alice {work} UID 1\n"),
                    ("one message gone", ("expunge",), f"alice {work} EXISTS\n"),
                    ("one message more", ("append", quoted(work), None, None, b"Subject: x\r\n\r\n"),
                     f"alice {work} UIDNEXT\n"),
                    ("one subscription less", ("unsubscribe", quoted(work)), "alice file subscriptions\n"),
                    ("a folder made", ("create", quoted(alice.external("Made"))), "alice LIST "),
                    ("a folder renamed", ("rename", quoted(alice.external("Archive")), quoted(alice.external("Old"))),
                     "alice LIST "))
        for what, change, seen_as in provoked:
            before = self.snapshot()
            alice.lines(imap, *change)
            found = list(differences(before, self.snapshot()))
            self.expect(f"the comparison does not see {what}", any(f.startswith(seen_as) for f in found), str(found))
        imap.logout()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--keep", action="store_true", help="leave the servers' folder in place")
    options = parser.parse_args()
    reason = servers.unavailable()
    if reason:
        print(f"skipped: {reason}")
        sys.exit(77)
    directory = pathlib.Path(tempfile.mkdtemp(prefix="mailspec-safety-"))
    with servers.Servers(directory) as running:
        trial = Trial(options.program, running, directory)
        fill(trial.accounts[0])
        for account in trial.accounts[1:]:
            account.login().logout()
        trial.log_sessions()
        for hierarchy in HIERARCHIES:
            if hierarchy != running.hierarchy:
                running.hierarchy = hierarchy
                running.restart_dovecot()
            before = trial.snapshot()
            trial.check("looked at twice", before)
            steps = [trial.one_by_one, trial.killed]
            if hierarchy == HIERARCHIES[0]:
                steps += [trial.undisturbed, trial.interrupted, trial.restarted, trial.without_server]
            for step in steps:
                since = time.monotonic()
                step(before)
                print(f"{hierarchy} {step.__name__}: {time.monotonic() - since:.1f} s")
        print(f"{trial.check_rawlogs()} commands that change mailboxes in the server's log")
        trial.provoke()
    if not options.keep:
        subprocess.run(["rm", "-rf", str(directory)], check=True)
    print("".join(f"{f}\n" for f in trial.faults))
    print(f"{len(before)} things of the person's compared, {len(trial.faults)} faults")
    sys.exit(1 if trial.faults else 0)


main()
