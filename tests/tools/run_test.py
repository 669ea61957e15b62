#!/usr/bin/env python3
"""Whole runs of the program against the built-in server."""
import base64
import fcntl
import hashlib
import hmac
import os
import pathlib
import pty
import re
import signal
import subprocess
import termios
import threading
import unittest
import xml.etree.ElementTree as ET

from program import (DEADLINE, PROGRAM, ROOT, ProgramTest, built_in_server, clean_environment, mailspec, outcomes,
                     server_that)

class BuiltIn(ProgramTest):
    def test_some_scenarios_conform_and_the_report_says_so(self):
        report = self.folder / "out.xml"
        done = mailspec("run", "imap/greeting", "pop3/greeting", "smtp/greeting", "--report", f"junit:{report}")
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
        self.assertIn(f"report: {report}\n3 scenarios against the built-in server", done.stdout)
        self.assertTrue(done.stdout.endswith(": 3 conform\n"), done.stdout)
        self.assertEqual(set(outcomes(report).values()), {"conforms"})
        self.assertEqual(list(self.folder.iterdir()), [report])
        check = subprocess.run([ROOT / "tests/reports/check_junit.sh", "schema", report], capture_output=True, text=True)
        self.assertIn(check.returncode, (0, 77), check.stderr)

    def test_a_report_on_standard_output_has_it_for_itself(self):
        done = mailspec("run", "imap/greeting", "--report", "junit:-")
        self.assertEqual(ET.fromstring(done.stdout).get("tests"), "1")
        self.assertIn("1 conforms", done.stderr)

    def test_quiet_leaves_only_the_closing_line(self):
        done = mailspec("run", "imap/greeting", "-q")
        self.assertEqual(len(done.stdout.splitlines()), 1, done.stdout)

    def test_a_violation_is_told_with_all_a_bug_report_needs(self):
        self.scenario("imap/no", "<imap/><C>NOOP</C><S>NO ${...}</S>", 'proves="imap.noop.succeeds"')
        done = mailspec("run", "--scenarios", self.folder / "scenarios")
        if "imap.noop.succeeds" in done.stderr:  # the catalogue calls it otherwise: a user's scenario names none
            self.scenario("imap/no", "<imap/><C>NOOP</C><S>NO ${...}</S>")
            done = mailspec("run", "--scenarios", self.folder / "scenarios")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        for part in ("VIOLATES imap/no: a test", "imap/no.xml:1", "expected   NO", "came  ", "> S: "):
            self.assertIn(part, done.stdout)

    def test_a_terminal_has_a_live_line_and_colours_unless_they_are_unwanted(self):
        def on_terminal(**environment):
            main, other = pty.openpty()
            process = subprocess.Popen([PROGRAM, "run", "imap/greeting"], stdout=other, stdin=other, stderr=other,
                                       env=clean_environment(TERM="xterm", **environment))
            os.close(other)
            text = b""
            while True:
                try:
                    part = os.read(main, 65536)
                except OSError:
                    break
                text += part
            os.close(main)
            self.assertEqual(process.wait(DEADLINE), 0)
            return text.decode()
        self.assertIn("1/1 done, 0 running, 0 failed", on_terminal())
        self.assertNotRegex(on_terminal(NO_COLOR="1"), r"\x1b\[[0-9;]*m")
        self.assertNotIn("\x1b", mailspec("run", "imap/greeting", TERM="xterm").stdout)


class Served(ProgramTest):
    def test_another_process_can_be_tested_by_the_printed_target_file(self):
        with built_in_server() as target:
            done = mailspec("run", "imap/greeting", "imap/login", "--target", target)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            for path in re.findall(r'(?:password|token)-file="([^"]+)"', target.read_text()):
                self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)

    def test_a_mischief_is_caught_and_named(self):
        wanted = "imap.fetch.rfc822.sets-seen"
        listed = mailspec("serve", "--list-mischief").stdout.split()
        if wanted not in listed:
            self.skipTest(f"the built-in server cannot break {wanted}")
        with built_in_server("--mischief", wanted) as target:
            done = mailspec("run", "imap/fetch", "--target", target)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn(wanted, done.stdout)

    def test_a_mischief_that_does_not_exist_is_refused(self):
        self.refused(mailspec("serve", "--mischief", "imap.no-such-thing"), "imap.no-such-thing")


class Secrets(ProgramTest):
    """A server that takes any login and shows what it got nowhere."""

    def run_with(self, *arguments, **environment):
        seen = []

        def talks(connection):
            file = connection.makefile("rwb")
            file.write(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
            file.flush()
            for line in file:
                seen.append(line)
                tag = line.split()[0]
                file.write(b"* BYE now\r\n" if b"LOGOUT" in line.upper() else b"")
                file.write(tag + b" OK [CAPABILITY IMAP4rev1] done " + line.strip() + b"\r\n")
                file.flush()
        with server_that(talks) as port:
            report = self.folder / "out.xml"
            done = mailspec("run", "imap/noop", "-v", "--target", f"imap://alice@127.0.0.1:{port}?tls=none&auth=command",
                            "--report", f"junit:{report}", *arguments, **environment)
            return done, b"".join(seen), report.read_text() if report.exists() else ""

    def check(self, *arguments, **environment):
        done, seen, report = self.run_with(*arguments, **environment)
        self.assertIn(b"hunter2-secret", seen, done.stdout + done.stderr)
        for text in (done.stdout, done.stderr, report):
            self.assertNotIn("hunter2-secret", text)
        self.assertIn("[masked]", report)

    def test_from_the_environment(self):
        self.check(MAILSPEC_PASSWORD="hunter2-secret")

    def test_from_a_file(self):
        self.check("--password-file", self.file("password", "hunter2-secret\n"))

    def test_from_a_command(self):
        self.check("--password-command", "echo hunter2-secret")

    def test_proofs_of_a_password_are_not_in_a_report(self):
        """The challenge stands there: with the digest beside it the password could be guessed at leisure."""
        with built_in_server() as target:
            alice = next(e for e in ET.parse(target).getroot() if e.get("user") == "alice")
            password = pathlib.Path(alice.get("password-file")).read_text().strip().encode()
            done = mailspec("run", "pop3/apop", "pop3/auth/cram-md5", "--exclude", "pop3/apop/*", "--target", target, "-v",
                            "--report", "junit:-")
        self.assertEqual(done.returncode, 0, done.stderr)
        apop, cram = [case.find("system-out").text for case in ET.fromstring(done.stdout).iter("testcase")]
        stamps = [each.encode() for each in re.findall(r"S: \+OK .*(<.+>)", apop)]
        challenges = [base64.b64decode(each) for each in re.findall(r"S: \+ ([A-Za-z0-9+/=]+)", cram)]
        self.assertTrue(stamps and challenges, done.stdout)
        proofs = [hashlib.md5(each + password).hexdigest() for each in stamps]
        proofs += [hmac.new(password, each, "md5").hexdigest() for each in challenges]
        for proof in proofs:
            for shape in (proof, *(base64.b64encode((user + proof).encode()).decode() for user in ("", "alice "))):
                self.assertNotIn(shape, done.stdout + done.stderr)
        for transcript in (apop, cram):
            self.assertRegex(transcript, r"(?m)C: \[masked\]$")

    def test_from_a_prompt_that_shows_nothing(self):
        with server_that(lambda c: c.sendall(b"* BYE not today\r\n")) as port:
            main, other = pty.openpty()
            process = subprocess.Popen([PROGRAM, "run", "imap/noop", "--target", f"imap://alice@127.0.0.1:{port}?tls=none"],
                                       stdin=other, stdout=other, stderr=other, start_new_session=True,
                                       preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
                                       env=clean_environment(TERM="xterm"))
            os.close(other)
            text = b""
            while b": " not in text:
                text += os.read(main, 65536)
            os.write(main, b"hunter2-secret\n")
            try:
                while part := os.read(main, 65536):
                    text += part
            except OSError:
                pass
            os.close(main)
            process.wait(DEADLINE)
        self.assertIn(b"alice", text)
        self.assertNotIn(b"hunter2-secret", text)


class LeftBehind(ProgramTest):
    def test_what_could_not_be_removed_is_told(self):
        self.scenario("imap/a", '<imap state="selected"><message>a</message></imap><C>NOOP</C>')
        gone = threading.Event()

        def talks(connection):
            if gone.is_set():
                return
            file = connection.makefile("rwb", buffering=0)
            file.write(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
            for line in file:
                tag, command = line.split()[:2]
                if command == b"SELECT":
                    gone.set()
                    return
                file.write(tag + b" OK done\r\n" if command != b"APPEND" else b"+ go on\r\n")
                if command == b"APPEND":
                    file.readline()
                    file.readline()
                    file.write(tag + b" OK done\r\n")
        with server_that(talks) as port:
            done = mailspec("run", "--scenarios", self.folder / "scenarios", "--target",
                            f"imap://alice@127.0.0.1:{port}?tls=none&auth=command", MAILSPEC_PASSWORD="none of them")
        self.assertEqual(done.returncode, 3, done.stdout)
        self.assertIn("up to 1 scratch mailbox was left behind; mailspec clean removes what is there\n", done.stdout)


class Interrupted(ProgramTest):
    def start(self, port, report):
        return subprocess.Popen([PROGRAM, "run", "imap/greeting", "imap/noop", "--timeout", "60s", "--report",
                                 f"junit:{report}", "--target", f"imap://alice@127.0.0.1:{port}?tls=none"],
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                                env=clean_environment(MAILSPEC_PASSWORD="none of them"), encoding="utf-8")

    def test_ctrl_c_ends_the_run_with_the_report_written(self):
        report = self.folder / "out.xml"
        for end in (signal.SIGINT, signal.SIGTERM):
            arrived = threading.Event()

            def talks(c, arrived=arrived):
                arrived.set()
                c.recv(1000)
            with server_that(talks) as port:
                process = self.start(port, report)
                self.assertTrue(arrived.wait(DEADLINE))
                process.send_signal(end)
                said, _ = process.communicate(timeout=DEADLINE)
            self.assertEqual(process.returncode, 130, said)
            self.assertIn("interrupted", said)
            ET.parse(report)
            report.unlink()

    def test_a_mailbox_that_is_being_made_is_waited_for_and_removed(self):
        """Over another connection it would not be seen before the answer to CREATE."""
        self.scenario("imap/a", '<imap state="selected"><message>a</message></imap><C>NOOP</C>')
        creating, cleaning, heard = threading.Event(), threading.Event(), []

        def talks(connection):
            file = connection.makefile("rwb", buffering=0)
            file.write(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
            for line in file:
                tag, command, *rest = line.decode().split()
                heard.append(command)
                if command == "CREATE":
                    creating.set()
                    heard.append("early" if cleaning.wait(0.3) else "created")
                if command == "LIST" and rest[1] != '""':
                    cleaning.set()
                    file.write(f'* LIST () "/" {rest[1][:-1]}\r\n'.encode() if "created" in heard else b"")
                file.write(f"{tag} OK done\r\n".encode())
        with server_that(talks) as port:
            process = subprocess.Popen([PROGRAM, "run", "--scenarios", self.folder / "scenarios", "--target",
                                        f"imap://alice@127.0.0.1:{port}?tls=none&auth=command"], stdout=subprocess.PIPE,
                                       stderr=subprocess.STDOUT, env=clean_environment(MAILSPEC_PASSWORD="none of them"))
            self.assertTrue(creating.wait(DEADLINE))
            process.send_signal(signal.SIGINT)
            said, _ = process.communicate(timeout=DEADLINE)
        self.assertEqual(process.returncode, 130, said)
        self.assertNotIn("early", heard)
        self.assertIn("DELETE", heard)

    def test_the_third_ctrl_c_leaves_at_once(self):
        arrived = threading.Event()

        def talks(c):
            arrived.set()
            c.recv(1000)
        with server_that(talks) as port:
            process = self.start(port, self.folder / "out.xml")
            self.assertTrue(arrived.wait(DEADLINE))
            for _ in range(3):
                if process.poll() is None:
                    process.send_signal(signal.SIGINT)
            process.communicate(timeout=DEADLINE)
        self.assertEqual(process.returncode, 130)


class FullDisk(ProgramTest):
    def test_does_not_pass_for_success_and_leaves_the_console(self):
        done = mailspec("run", "imap/greeting", "--report", "junit:/dev/full")
        self.assertEqual((done.returncode, done.stderr), (4, ""))
        self.assertIn("could not write /dev/full: No space left on device\n", done.stdout)
        self.assertTrue(done.stdout.endswith(": 1 conforms\n"), done.stdout)

    def test_on_standard_output_is_told_too(self):
        with open("/dev/full", "w") as full:
            for words in (["run", "imap/greeting", "--report", "junit:-"], ["run", "imap/greeting"], ["list"]):
                with self.subTest(words):
                    done = subprocess.run([PROGRAM, *words], stdout=full, stderr=subprocess.PIPE, encoding="utf-8",
                                          env=clean_environment(), timeout=DEADLINE)
                    self.assertEqual(done.returncode, 4, done.stderr)
                    self.assertIn("No space left on device", done.stderr)


if __name__ == "__main__":
    unittest.main()
