#!/usr/bin/env python3
"""Real mail is never touched: the whole suite against a Dovecot account that is not disposable, and holds 500 messages.

usage: safety.py PROGRAM [--keep]

Whatever describes the person's mail is the same to the octet before and after: undisturbed, with kill -9 and Ctrl-C of
mailspec and a restart of Dovecot in the midst of a run; with other prefixes and delimiters of the namespace. No
scratch mailbox is left, after kill -9 once `mailspec clean` has run. The comparison is tried on changes made on purpose.
Exits 77 (skipped) with the reason where the servers cannot be started.
"""
import argparse
import hashlib
import imaplib
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

FOLDERS = ("INBOX", "Work", "Work/Reports", "Work/Reports/2026", "Family", "Letters &AOQA9gD8-", "mailspec",
           "mailspec-notes", "Lists/a b", "Drafts", "Sent", "Archive")
MESSAGES = 500
FLAGS = ("", "\\Seen", "\\Seen \\Answered", "\\Flagged", "$Forwarded \\Seen", "private-keyword", "\\Draft", "\\Deleted")
# Delimiter and prefix of the personal namespace; first as most servers have them, then as Courier and its like.
HIERARCHIES = (("/", ""), (".", "INBOX."), ("/", "INBOX/"))
SCHEMES = ("imap", "pop3", "lmtp", "smtp", "submission")
DEADLINE = 300
# The commands that change what they are applied to, and SELECT, which takes \Recent away.
CHANGING = re.compile(rb"^(?:[\d.]+ )?\S+ (?:UID )?"
                      rb"(SELECT|APPEND|CREATE|DELETE|RENAME|SUBSCRIBE|UNSUBSCRIBE|SETACL|SETMETADATA) (.*)", re.I)


def quoted(name):
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


class Account:
    """What a person sees and what lies on the disk, read without changing any of it."""

    def __init__(self, running, user):
        self.running, self.user = running, user
        self.root = running.directory / "mail" / user

    def login(self):
        imap = imaplib.IMAP4("127.0.0.1", self.running.ports["imap"])
        imap.login(self.user, self.running.password)
        return imap

    def external(self, name):
        """The name as this server's namespace has it."""
        separator, prefix = self.running.hierarchy
        return name if name == "INBOX" else prefix + name.replace("/", separator)

    def lines(self, imap, command, *arguments):
        status, data = getattr(imap, command)(*arguments)
        assert status == "OK", (command, arguments, data)
        return [part for line in data if line for part in (line if isinstance(line, tuple) else (line,))]

    def snapshot(self):
        """{what: value}; the order of keys and values is always the same."""
        seen = {}
        imap = self.login()
        for command in ("list", "lsub"):
            for line in self.lines(imap, command):
                if not is_scratch_name(line):
                    seen[f"{self.user} {command.upper()} {line.decode()}"] = "listed"
        mailboxes = {re.sub(rb'.* "[^"]*" "?(.*?)"?$', rb"\1", line).decode() for line in self.lines(imap, "list")
                     if b"\\Noselect" not in line and not is_scratch_name(line)}
        for name in sorted(mailboxes):
            seen |= self.snapshot_of(imap, name)
        imap.logout()
        return seen | self.files()

    def snapshot_of(self, imap, name):
        key = f"{self.user} {name}"
        self.lines(imap, "select", quoted(name), True)  # EXAMINE
        seen = {f"{key} {item}": imap.response(item)[1][0].decode() for item in ("UIDVALIDITY", "UIDNEXT", "RECENT")}
        count = int(imap.response("EXISTS")[1][-1] or 0)
        seen[f"{key} EXISTS"] = str(count)
        if count:
            status, data = imap.uid("fetch", "1:*", "(FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])")
            assert status == "OK", data
            for items, body in (part for part in data if isinstance(part, tuple)):
                uid = re.search(rb"UID (\d+)", items).group(1).decode()
                flags = sorted(re.search(rb"FLAGS \((.*?)\)", items).group(1).decode().split())
                date = re.search(rb'INTERNALDATE "(.*?)"', items).group(1).decode()
                size = re.search(rb"RFC822.SIZE (\d+)", items).group(1).decode()
                seen[f"{key} UID {uid}"] = f"{flags} {date} {size} {hashlib.sha256(body).hexdigest()}"
        return seen

    def files(self):
        """The files of the person's folders, as far as they are no caches: their octets, and when they were written."""
        seen = {}
        for path in sorted(self.root.rglob("*")):
            place = path.relative_to(self.root)
            if not path.is_file() or is_scratch_name(str(place).encode()) or path.name.startswith("dovecot.") \
                    or path.name.startswith("dovecot-uidvalidity"):
                continue
            if path.name == "dovecot-uidlist":
                value = uids_and_files(path.read_text())
            elif path.parent.name in ("cur", "new"):
                value = f"{path.stat().st_mtime_ns} {hashlib.sha256(path.read_bytes()).hexdigest()}"
            else:
                value = path.read_text()
            seen[f"{self.user} file {place}"] = value
        return seen

    def scratches(self):
        """Scratch mailboxes on the disk and subscriptions of them."""
        found = [p.name for p in self.root.iterdir() if p.is_dir() and is_scratch_name(p.name.encode())]
        subscriptions = self.root / "subscriptions"
        text = subscriptions.read_text() if subscriptions.exists() else ""
        return found + [line for line in text.replace("\t", "/").splitlines() if is_scratch_name(line.encode())]


def uids_and_files(text):
    """A uidlist without what Dovecot notes there of sizes: UIDVALIDITY, UIDNEXT, and each message's UID and file."""
    head, *lines = text.splitlines()
    numbers = [word for word in head.split() if word[0] in "VN"]
    return "\n".join([" ".join(numbers)] + [f"{line.split()[0]} {line.partition(':')[2]}" for line in lines])


def is_scratch_name(octets):
    return re.search(rb"mailspec-\d{8}t\d{6}-[a-z0-9]{8}-\d+x", octets) is not None


def differences(before, after):
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            yield f"{key}\n      before: {before.get(key)}\n      after:  {after.get(key)}"


def fill(account):
    """500 messages in 12 folders, flags, keywords, dates and subscriptions set; the same each time."""
    imap = account.login()
    for name in FOLDERS[1:]:
        if name not in ("Drafts", "Sent"):
            account.lines(imap, "create", quoted(name))
    for name in FOLDERS[1::2]:
        account.lines(imap, "subscribe", quoted(name))
    for command in ("create", "subscribe", "delete"):
        account.lines(imap, command, quoted("Gone but subscribed"))
    pipelined = bytearray()
    for n in range(MESSAGES):
        body = (f"From: sender{n}@example.org\r\nTo: alice@example.org\r\nSubject: letter {n}\r\n"
                f"Message-ID: <{n}@example.org>\r\nDate: Mon, 5 Jan 2026 10:{n % 60:02}:00 +0100\r\n\r\n"
                + f"Line of letter {n}.\r\n" * (1 + n % 40)).encode()
        date = f"{1 + n % 28:02}-Feb-{2001 + n % 20} 0{n % 10}:00:{n % 60:02} +0{n % 6}00"
        command = f"p{n} APPEND {quoted(FOLDERS[n % 12])} ({FLAGS[n // 12 % 8]}) \"{date}\" {{{len(body)}+}}\r\n"
        pipelined += command.encode() + body + b"\r\n"
    imap.send(pipelined)
    for n in range(MESSAGES):
        line = imap.readline()
        while line.startswith(b"*"):
            line = imap.readline()
        assert line.startswith(f"p{n} OK".encode()), line
    imap.logout()


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
