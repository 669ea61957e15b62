#!/usr/bin/env python3
"""Ctrl-C: the run ends at once with its report written, and cleans up what it can."""
import imaplib
import pathlib
import signal
import subprocess
import threading
import time
import unittest
import xml.etree.ElementTree as ET

from hostile import SCENARIOS, SECRET, TALKS, Hostile, say
from program import DEADLINE, PROGRAM, clean_environment, outcomes, server_that


class CtrlC(Hostile):
    def run_until(self, ready, *arguments, signals=1, report=None, by=signal.SIGINT):
        """Starts a run, waits until it is ready, sends Ctrl-C; gives what was said, the report and the time it took."""
        report = report or self.folder / "out.xml"
        process = subprocess.Popen([PROGRAM, "run", "--timeout", "60s", "--report", f"junit:{report}", *map(str, arguments)],
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                                   env=clean_environment(MAILSPEC_PASSWORD=SECRET), encoding="utf-8")
        self.process = process
        ready()
        began = time.monotonic()
        for number in range(signals):
            if number > 0:
                self.during_clean_up()
            process.send_signal(by)
        said, _ = process.communicate(timeout=DEADLINE)
        self.assertEqual(process.returncode, 130, said)
        self.assertIn("interrupted", said)
        return said, outcomes(report), time.monotonic() - began

    def test_against_a_server_that_stalls_ends_the_run_and_writes_the_report(self):
        for meant, talks in TALKS.items():
            for turn_bad_at_once in (True, False):
                with self.subTest(meant=meant, at_once=turn_bad_at_once):
                    arrived = threading.Event()
                    def stalls(connection):
                        arrived.set()
                        say()(connection)
                    with server_that(stalls if turn_bad_at_once else talks(stalls)) as port:
                        said, got, took = self.run_until(lambda: self.assertTrue(arrived.wait(DEADLINE)), SCENARIOS[meant],
                                                         "--target", f"{meant}://alice@127.0.0.1:{port}?tls=none&disposable=yes")
                    self.assertEqual(got[SCENARIOS[meant]], "inconclusive")
                    self.assertIn("the run was interrupted", said)
                    self.assertLess(took, 2)

    def imap_of_alice(self):
        connection = imaplib.IMAP4("127.0.0.1", int(self.good["imap", "none"]))
        self.addCleanup(connection.shutdown)
        account = next(e for e in ET.parse(self.target).getroot() if e.get("user") == "alice")
        connection.login("alice", pathlib.Path(account.get("password-file")).read_text().strip())
        return connection

    def test_against_a_good_server_leaves_no_scratch_mailbox(self):
        self.scenario("imap/waits", '<imap state="selected"><message>\nSubject: x\n</message></imap>'
                      '<imap name="other" state="selected"><message>\nSubject: y\n</message></imap>'
                      '<C>CREATE ${mailbox}/child</C><quiet for="50s"/>')
        alice = self.imap_of_alice()
        mailboxes = lambda: sorted(line.split()[-1] for line in alice.list()[1])
        before = mailboxes()

        def ready():
            end = time.monotonic() + DEADLINE
            while len(mailboxes()) < len(before) + 3:
                self.assertLess(time.monotonic(), end, "no scratch mailbox was made")
        for by in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(by):
                _, got, took = self.run_until(ready, "--scenarios", self.folder / "scenarios", "--target", self.target, by=by)
                self.assertEqual(got, {"imap/waits": "inconclusive"})
                self.assertEqual(mailboxes(), before)
                self.assertLess(took, 2)

    def test_a_reader_of_the_output_that_goes_away_ends_nothing(self):
        alice = self.imap_of_alice()
        before = sorted(alice.list()[1])
        report = self.folder / "out.xml"
        process = subprocess.Popen([PROGRAM, "run", "imap/fetch", "--target", self.target, "--report", f"junit:{report}"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
                                   env=clean_environment(), encoding="utf-8")
        process.stdout.readline()
        process.stdout.close()
        with process.stderr:
            said = process.stderr.read()
        self.assertEqual((process.wait(DEADLINE), said), (4, "mailspec: could not write standard output: Broken pipe\n"))
        self.assertEqual(set(outcomes(report).values()), {"conforms"})
        self.assertEqual(sorted(alice.list()[1]), before)

    def test_a_terminal_that_hangs_up_does_not_end_what_nohup_started(self):
        arrived, answers = threading.Event(), threading.Event()

        def waits(connection):
            arrived.set()
            answers.wait(DEADLINE)
            connection.sendall(b"220 mail.example ready\r\n")
        with server_that(waits) as port:
            process = subprocess.Popen(["sh", "-c", 'trap "" HUP; exec "$0" "$@"', PROGRAM, "run", "smtp/greeting", "--target",
                                        f"smtp://127.0.0.1:{port}?tls=none"], stdout=subprocess.PIPE, encoding="utf-8",
                                       env=clean_environment())
            self.assertTrue(arrived.wait(DEADLINE))
            process.send_signal(signal.SIGHUP)
            answers.set()
            said, _ = process.communicate(timeout=DEADLINE)
        self.assertEqual(process.returncode, 0, said)

    def test_a_terminal_that_hangs_up_may_say_so_twice_and_the_cleaning_goes_on(self):
        waits, heard = threading.Event(), []

        def talks(connection):
            connection.sendall(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
            for line in connection.makefile("rb"):
                tag, command = line.split()[:2]
                heard.append(command)
                if command == b"NOOP":
                    waits.set()
                    continue
                if waits.is_set():
                    self.process.send_signal(signal.SIGHUP)
                connection.sendall(tag + b" OK [CAPABILITY IMAP4rev1] done\r\n")
        self.scenario("imap/stalls", '<imap state="selected"/><C>NOOP</C>')
        with server_that(talks) as port:
            self.run_until(lambda: self.assertTrue(waits.wait(DEADLINE)), "--scenarios", self.folder / "scenarios", "--target",
                           f"imap://alice@127.0.0.1:{port}?tls=none", by=signal.SIGHUP)
        self.assertEqual(heard[-3:], [b"LIST", b"LSUB", b"LOGOUT"])

    def test_twice_leaves_at_once_though_the_cleaning_up_stalls(self):
        """The scratch mailbox cannot be removed: the server answers nothing more."""
        deleting, stalled = threading.Event(), threading.Event()
        self.during_clean_up = lambda: self.assertTrue(deleting.wait(DEADLINE))

        def talks(connection):
            connection.sendall(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
            for line in connection.makefile("rb"):
                tag, command = line.split()[:2]
                if stalled.is_set():
                    deleting.set()
                    continue
                if command == b"NOOP":
                    stalled.set()
                    continue
                connection.sendall(tag + b" OK [CAPABILITY IMAP4rev1] done\r\n")
        self.scenario("imap/stalls", '<imap state="selected"/><C>NOOP</C>')
        with server_that(talks) as port:
            _, got, took = self.run_until(lambda: self.assertTrue(stalled.wait(DEADLINE)), "--scenarios",
                                          self.folder / "scenarios", "--target", f"imap://alice@127.0.0.1:{port}?tls=none",
                                          signals=2)
        self.assertEqual(got, {"imap/stalls": "inconclusive"})
        self.assertLess(took, 2)

    def test_once_gives_up_cleaning_that_stalls_within_seconds(self):
        stalled = threading.Event()

        def talks(connection):
            connection.sendall(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
            for line in connection.makefile("rb"):
                tag, command = line.split()[:2]
                if stalled.is_set() or command == b"NOOP":
                    stalled.set()
                    continue
                connection.sendall(tag + b" OK [CAPABILITY IMAP4rev1] done\r\n")
        self.scenario("imap/stalls", '<imap state="selected"/><C>NOOP</C>')
        with server_that(talks) as port:
            _, got, took = self.run_until(lambda: self.assertTrue(stalled.wait(DEADLINE)), "--scenarios",
                                          self.folder / "scenarios", "--target", f"imap://alice@127.0.0.1:{port}?tls=none")
        self.assertEqual(got, {"imap/stalls": "inconclusive"})
        self.assertLess(took, 8)


if __name__ == "__main__":
    unittest.main()
