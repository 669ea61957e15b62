#!/usr/bin/env python3
"""Where passwords and tokens of a target on the command line come from, and what comes of it when they do not."""
import base64
import contextlib
import fcntl
import os
import pathlib
import pty
import shlex
import signal
import subprocess
import termios
import threading
import unittest
import xml.etree.ElementTree as ET

from program import DEADLINE, PROGRAM, ProgramTest, built_in_server, clean_environment, mailspec, outcomes, server_that

NAMESPACE = "{urn:mailspec:target:1}"
STATES = {"imap": "authenticated", "pop3": "transaction", "submission": "authenticated"}


class Secrets(ProgramTest):
    @classmethod
    def setUpClass(cls):
        world = contextlib.ExitStack()
        cls.addClassCleanup(world.close)
        served = ET.parse(world.enter_context(built_in_server("--user", "alice", "--user", "bob"))).getroot()
        cls.ports = {e.tag.removeprefix(NAMESPACE): e.get("port") for e in served if e.get("tls") == "none"}
        cls.passwords, cls.tokens = ({e.get("user"): e.get(f"{what}-file") for e in served.iter(NAMESPACE + "account")}
                                     for what in ("password", "token"))

    def setUp(self):
        super().setUp()
        for protocol, state in STATES.items():
            self.scenario(f"{protocol}/noop", f'<{protocol} state="{state}"/><C>NOOP</C>')

    def run_as(self, options, *more, protocols=tuple(STATES), user="alice", **environment):
        report = self.folder / "out.xml"
        targets = [word for p in protocols
                   for word in ("--target", f"{p}://{user}@127.0.0.1:{self.ports[p]}?tls=none&disposable=yes&{options}")]
        done = mailspec("run", "-v", "--scenarios", self.folder / "scenarios", "--report", f"junit:{report}", *targets, *more,
                        *[f"{p}/noop" for p in protocols], **environment)
        return done, report

    def goes_well(self, secret, options, *more, **how):
        done, report = self.run_as(options, *more, **how)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(set(outcomes(report).values()), {"conforms"})
        self.shows_nothing_of(secret, done.stdout + done.stderr + report.read_text())

    def shows_nothing_of(self, secret, texts):
        self.assertNotIn(secret, texts)
        for before in range(3):
            octets = b"\0" * before + secret.encode()
            whole = base64.b64encode(octets).decode().rstrip("=")
            self.assertNotIn(whole[(0, 2, 3)[before]:len(octets) // 3 * 4], texts)

    def fails(self, options, *sentences, **environment):
        """Before any connection is made."""
        came = threading.Event()
        with server_that(lambda c: came.set()) as port:
            done = mailspec("run", "imap/noop", "--target", f"imap://alice@127.0.0.1:{port}?tls=none&{options}", **environment)
        self.refused(done, *sentences)
        self.assertFalse(came.is_set())
        return done.stderr

    def test_a_token_comes_from_a_command_a_file_or_the_environment(self):
        token = pathlib.Path(self.tokens["alice"]).read_text().strip()
        quoted = shlex.quote(self.tokens["alice"])
        for mechanism in ("XOAUTH2", "OAUTHBEARER"):
            for source in (f"token-command=cat {quoted}", f"token-file={self.tokens['alice']}", "token-env=TOKEN",
                           f"token-command=cat {quoted}; echo second; echo third"):
                with self.subTest(mechanism=mechanism, source=source):
                    self.goes_well(token, f"auth={mechanism}&{source}", TOKEN=token)
        self.goes_well(token, "token-env=TOKEN", TOKEN=token)

    def test_a_password_comes_from_a_command_a_file_or_the_environment_for_each_account_its_own(self):
        password = pathlib.Path(self.passwords["bob"]).read_text().strip()
        for source in (f"password-command=cat {shlex.quote(self.passwords['bob'])}", f"password-file={self.passwords['bob']}",
                       "password-env=SECRET"):
            with self.subTest(source):
                self.goes_well(password, source + "&role=alice", user="bob", SECRET=password, MAILSPEC_PASSWORD="another")
        self.scenario("two", '<imap state="authenticated"/><imap name="b" account="bob" state="authenticated"/>'
                             '<C>NOOP</C><C on="b">NOOP</C>')
        door = f"127.0.0.1:{self.ports['imap']}?tls=none"
        done = mailspec("run", "two", "--scenarios", self.folder / "scenarios",
                        "--target", f"imap://alice@{door}&password-file={self.passwords['alice']}",
                        "--target", f"imap://bob@{door}&password-file={self.passwords['bob']}")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_a_wrong_token_is_not_shown(self):
        for mechanism in ("XOAUTH2", "OAUTHBEARER"):
            done, report = self.run_as(f"auth={mechanism}&token-env=TOKEN", TOKEN="wrong-and-never-shown")
            self.assertEqual(done.returncode, 3, done.stdout)
            self.assertIn(f"{mechanism} was refused for alice", done.stdout)
            self.shows_nothing_of("wrong-and-never-shown", done.stdout + done.stderr + report.read_text())

    def test_without_a_secret_nothing_is_sent(self):
        for what in ("password", "token"):
            no = f"no {what} for alice: "
            of = f"{no}the command of {what}-command "
            self.fails(f"{what}-command=exit 3", of + "failed with exit status 3\n")
            self.fails(f"{what}-command=true", of + "printed nothing in its first line\n")
            self.fails(f"{what}-command=echo; echo late", of + "printed nothing in its first line\n")
            self.fails(f"{what}-command=yes", of + "printed more than a secret\n")
            self.fails(f"{what}-env=UNSET_HERE", no + "the environment variable UNSET_HERE is not set")
            self.fails(f"{what}-env=EMPTY", no + "the environment variable EMPTY is empty", EMPTY="")
            self.fails(f"{what}-file=/nonexistent", no + "the file /nonexistent cannot be read")
            self.fails(f"{what}-file=/dev/null", no + "the file /dev/null cannot be read")
        told = self.fails("token-command=echo never-shown; exit 1 %23", "failed with exit status 1")
        self.assertNotIn("never-shown", told)
        self.fails("auth=XOAUTH2", "takes a token", MAILSPEC_PASSWORD="x")

    def test_ctrl_c_ends_a_command_that_hangs_and_mailspec(self):
        for to_whom in ("mailspec", "all"):
            with self.subTest(to_whom):
                fifo = self.folder / f"fifo-{to_whom}"
                os.mkfifo(fifo)
                process = subprocess.Popen([PROGRAM, "run", "imap/noop", "--target",
                                            f"imap://alice@127.0.0.1:1?tls=none&token-command=echo started > {fifo}; exec sleep 1000"],
                                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                                           start_new_session=True, env=clean_environment())
                self.assertEqual(fifo.read_text(), "started\n")
                (os.kill if to_whom == "mailspec" else os.killpg)(process.pid, signal.SIGINT)
                # The output ends when nobody has it open any more, the command neither.
                self.assertEqual(process.communicate(timeout=DEADLINE)[0], b"")
                self.assertIn(process.returncode, (-signal.SIGINT, 130))

    def test_a_password_entered_at_the_prompt_logs_in(self):
        password = pathlib.Path(self.passwords["alice"]).read_text().strip()
        main, other = pty.openpty()
        process = subprocess.Popen([PROGRAM, "run", "-v", "imap/noop", "--scenarios", self.folder / "scenarios", "--target",
                                    f"imap://alice@127.0.0.1:{self.ports['imap']}?tls=none"],
                                   stdin=other, stdout=other, stderr=other, start_new_session=True,
                                   preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0), env=clean_environment(TERM="xterm"))
        os.close(other)
        text = b""
        while b": " not in text:
            text += os.read(main, 65536)
        os.write(main, password.encode() + b"\n")
        with contextlib.suppress(OSError):
            while part := os.read(main, 65536):
                text += part
        os.close(main)
        self.assertEqual(process.wait(DEADLINE), 0, text)
        self.shows_nothing_of(password, text.decode())


if __name__ == "__main__":
    unittest.main()
