#!/usr/bin/env python3
"""mailspec clean: what it removes, and what it leaves alone."""
import contextlib
import ctypes
import datetime
import errno
import imaplib
import pathlib
import platform
import signal
import socket
import struct
import subprocess
import threading
import unittest
import xml.etree.ElementTree as ET

from program import DEADLINE, PROGRAM, ProgramTest, built_in_server, clean_environment, mailspec, server_that

LONG_AGO = "mailspec-20260102t030405-abcdefgh-7x"
FLOCK = {"x86_64": 73, "aarch64": 32}  # number of the system call
# Each looks like ours to somebody who looks less closely.
A_PERSONS = ("mailspec", "mailspec-notes", "mailspec-20260102t030405-abcdefgh", "mailspec-20260102t030405-abcdefgh-x",
             "mailspec-20260102t030405-abcdefgh-07x", "mailspec-20260102t030405-abcdefgh-7", "mailspec-invoices-2x",
             "mailspec-20261302t030405-abcdefgh-7x", "mailspec-20260102t250405-abcdefgh-7x",
             "mailspec-20260102T030405-abcdefgh-7x", "mailspec-20260102t030405-ABCDEFGH-7x",
             "Mailspec-20260102t030405-abcdefgh-7x", "MAILSPEC-20260102T030405-ABCDEFGH-7X",
             "Work/" + LONG_AGO, "a" + LONG_AGO, "mailspec-&AOQA9gD8-", "mailspec-2026&AOQ-102t030405-abcdefgh-7x",
             "mailspec/" + LONG_AGO)


@contextlib.contextmanager
def logged_in(target, user="alice"):
    root = ET.parse(target).getroot()
    name = {"t": "urn:mailspec:target:1"}
    door = next(e for e in root.findall("t:imap", name) if e.get("tls") == "none")
    account = next(e for e in root.findall("t:account", name) if e.get("user") == user)
    with imaplib.IMAP4(door.get("host"), int(door.get("port"))) as imap:
        imap.login(user, pathlib.Path(account.get("password-file")).read_text().strip())
        yield imap


def names(imap, command="list"):
    _, lines = getattr(imap, command)()
    return {line.decode().split(' "/" ')[1].strip('"') for line in lines if line}


def without_file_locks():
    """From now on flock() fails in this process, as on a file system that knows no locks."""
    def instruction(code, if_so, if_not, value):
        return struct.pack("HBBI", code, if_so, if_not, value)
    load_number, is_equal, give = 0x20, 0x15, 0x06
    program = ctypes.create_string_buffer(
        instruction(load_number, 0, 0, 0) + instruction(is_equal, 0, 1, FLOCK[platform.machine()]) +
        instruction(give, 0, 0, 0x00050000 | errno.ENOLCK) + instruction(give, 0, 0, 0x7fff0000))
    filtered = ctypes.create_string_buffer(struct.pack("HxxxxxxP", 4, ctypes.addressof(program)))
    control = ctypes.CDLL(None, use_errno=True).prctl
    no_new_privileges, set_filter = (38, 1, 0, 0, 0), (22, 2, ctypes.byref(filtered), 0, 0)
    if control(*no_new_privileges) != 0 or control(*set_filter) != 0:
        raise OSError(ctypes.get_errno(), "seccomp")


class Clean(ProgramTest):
    def setUp(self):
        super().setUp()
        self.here = {"TMPDIR": str(self.folder)}

    def test_what_a_killed_run_left_goes_and_what_is_a_persons_stays(self):
        self.scenario("stuck", '<imap state="selected"/><C>CREATE ${mailbox}/below</C><C>CREATE "${mailbox} b"</C>'
                               '<C>SUBSCRIBE ${mailbox}/below</C><quiet for="60s"/>')
        with built_in_server() as target, logged_in(target) as alice, logged_in(target, "bob") as bob:
            for name in A_PERSONS:
                self.assertEqual(alice.create(name)[0], "OK", name)
                self.assertEqual(alice.subscribe(name)[0], "OK", name)
            bob.create(LONG_AGO)
            before = names(alice), names(alice, "lsub"), names(bob)
            run = subprocess.Popen([PROGRAM, "run", "--scenarios", self.folder / "scenarios", "--target", target],
                                   stdout=subprocess.DEVNULL, env=clean_environment(**self.here))
            while not names(alice, "lsub") - before[1] and run.poll() is None:
                pass
            left = names(alice) - before[0]
            self.assertEqual(len(left), 3, left)
            going_on = mailspec("clean", "--target", target, "--older-than", "0", **self.here)
            self.assertEqual((going_on.returncode, names(alice) - before[0]), (0, left), going_on.stdout)
            self.assertIn("its run goes on, on this machine", going_on.stdout)
            self.assertNotIn(LONG_AGO, names(bob))
            run.kill()
            run.wait(DEADLINE)

            only_told = mailspec("clean", "--target", target, "--dry-run", **self.here)
            self.assertEqual((only_told.returncode, names(alice) - before[0]), (0, left), only_told.stdout)
            for name in left:
                self.assertIn(f"found    mailbox of alice: {name}: it would be removed\n", only_told.stdout)

            done = mailspec("clean", "--target", target, **self.here)
            self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
            said = done.stdout.splitlines()
            self.assertEqual(said[-1], "4 found, 4 removed, 0 left")
            self.assertEqual({line.split(": ")[1] for line in said[:3]}, left)
            self.assertEqual(said[3], f"removed  subscription of alice: {min(left)}/below")
            self.assertEqual((names(alice), names(alice, "lsub"), names(bob)), (*before[:2], before[2] - {LONG_AGO}))

            again = mailspec("clean", "--target", target, **self.here)
            self.assertEqual((again.returncode, again.stdout), (0, "nothing was left behind at mailspec serve\n"))

    @contextlib.contextmanager
    def stuck(self, command, target, alice, preexec_fn=None):
        """A process whose only scenario has made its mailbox and waits; gives the mailbox's name."""
        self.scenario("stuck", '<imap state="selected"/><C>SUBSCRIBE ${mailbox}</C><quiet for="60s"/><C>NOOP</C><outcomes>'
                               '<outcome answer="no"><S>OK</S></outcome><outcome answer="yes"><S>NO</S></outcome></outcomes>', 'asks="is it stuck?"')
        before = names(alice, "lsub")
        process = subprocess.Popen([PROGRAM, command, "--scenarios", self.folder / "scenarios", "--target", target],
                                   stdout=subprocess.DEVNULL, env=clean_environment(**self.here), preexec_fn=preexec_fn)
        try:
            while not (made := names(alice, "lsub") - before) and process.poll() is None:
                pass
            self.assertEqual(len(made), 1, process.returncode)
            yield made.pop()
        finally:
            process.kill()
            process.wait(DEADLINE)

    def test_an_ask_is_known_to_go_on_and_to_have_ended_too(self):
        with built_in_server() as target, logged_in(target) as alice:
            with self.stuck("ask", target, alice) as name:
                done = mailspec("clean", "--target", target, "--older-than", "0", **self.here)
                self.assertIn(f"left     mailbox of alice: {name}: its run goes on, on this machine\n", done.stdout)
            done = mailspec("clean", "--target", target, **self.here)
            self.assertIn(f"removed  mailbox of alice: {name}\n", done.stdout)

    @unittest.skipUnless(platform.machine() in FLOCK, "the number of flock() is not known")
    def test_a_run_that_could_not_lock_its_mark_is_not_taken_to_have_ended(self):
        with built_in_server() as target, logged_in(target) as alice:
            with self.stuck("run", target, alice, without_file_locks) as name:
                done = mailspec("clean", "--target", target, **self.here)
                self.assertIn(f"left     mailbox of alice: {name}: its run, perhaps on another machine, began", done.stdout)

    def test_a_run_of_elsewhere_that_began_lately_may_still_go_on(self):
        with built_in_server() as target, logged_in(target) as alice:
            lately = "mailspec-" + datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dt%H%M%S") + "-abcdefgh-7x"
            alice.create(lately)
            alice.create(LONG_AGO)
            done = mailspec("clean", "--target", target, **self.here)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn(f"left     mailbox of alice: {lately}: its run, perhaps on another machine, began ", done.stdout)
            self.assertTrue(done.stdout.endswith("2 found, 1 removed, 1 left\n"), done.stdout)
            done = mailspec("clean", "--target", target, "--older-than", "0", **self.here)
            self.assertEqual(done.stdout, f"removed  mailbox of alice: {lately}\n1 found, 1 removed, 0 left\n")

    def test_what_it_is_given_must_be_usable(self):
        self.refused(mailspec("clean"), "--target")
        self.refused(mailspec("clean", "--target", "/no/such.xml"), "/no/such.xml")
        self.refused(mailspec("clean", "--target", "pop3://alice@127.0.0.1:1?tls=none", MAILSPEC_PASSWORD="none of them"),
                     "no IMAP endpoint")
        self.refused(mailspec("clean", "--target", "imap://alice@127.0.0.1:1", "--older-than", "1 day"), "--older-than")

    def test_a_server_that_is_not_there_is_told(self):
        with socket.create_server(("127.0.0.1", 0)) as held:
            port = held.getsockname()[1]
        done = mailspec("clean", "--target", f"imap://alice@127.0.0.1:{port}?tls=none", MAILSPEC_PASSWORD="none of them")
        self.assertEqual((done.returncode, done.stdout), (3, ""))
        self.assertEqual(done.stderr, f"mailspec: alice's IMAP server at 127.0.0.1:{port} refused the connection\n")

    def clean_at(self, answers, *more):
        """Against a server of answers: command -> lines in front of its OK, or its whole completion."""
        heard = []

        def talks(connection):
            file = connection.makefile("rwb", buffering=0)
            file.write(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
            for line in file:
                heard.append(line.decode().strip().partition(" ")[2])
                tag, command = line.split()[:2]
                answer = answers.get(heard[-1].partition(" ")[0], "")
                if callable(answer):
                    answer(connection)
                    return
                done = answer if answer.startswith("NO") else f"{answer}%s OK done"
                file.write((done.replace("%s", tag.decode()) if "%s" in done else f"{tag.decode()} {done}").encode() + b"\r\n")
        with server_that(talks) as port:
            done = mailspec("clean", "--target", f"imap://alice@127.0.0.1:{port}?tls=none&auth=command", *more,
                            MAILSPEC_PASSWORD="none of them")
        return done, heard

    def test_a_refusal_is_told_with_the_servers_words(self):
        done, _ = self.clean_at({"LIST": f'* LIST () "/" {LONG_AGO}\r\n', "DELETE": "NO [CANNOT] not \x1b[1mtoday"})
        self.assertEqual(done.returncode, 3, done.stdout + done.stderr)
        self.assertIn(f"refused  mailbox of alice: {LONG_AGO}: ", done.stdout)
        self.assertIn("NO [CANNOT] not \\x1b[1mtoday\n", done.stdout)
        self.assertTrue(done.stdout.endswith("1 found, 0 removed, 1 left\n"), done.stdout)

    def test_what_is_not_there_is_no_fault_and_a_refused_list_is(self):
        done, heard = self.clean_at({"LIST": f'* LIST (\\NonExistent) "/" {LONG_AGO}\r\n* LIST () "/" {LONG_AGO}/a\r\n',
                                     "DELETE": "NO [NONEXISTENT] it went with another"})
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual([each for each in heard if "DELETE" in each], [f"DELETE {LONG_AGO}/a"])
        done, _ = self.clean_at({"LIST": "NO not today"})
        self.assertEqual((done.returncode, done.stdout), (3, ""))
        self.assertIn('refused LIST: "', done.stderr)

    def test_a_name_that_would_end_the_command_is_never_sent(self):
        evil = f"{LONG_AGO}\r\nx DELETE INBOX"
        done, heard = self.clean_at({"LIST": f'* LIST () "/" {{{len(evil)}}}\r\n{evil}\r\n'
                                             f'* LIST () "/" INBOX\r\n* LIST () "/" "{LONG_AGO} \\"b"\r\n'})
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual([each for each in heard if "DELETE" in each], [f'DELETE "{LONG_AGO} \\"b"'])

    def test_ctrl_c_ends_it(self):
        arrived = threading.Event()

        def talks(connection):
            arrived.set()
            connection.recv(1000)
        with server_that(talks) as port:
            process = subprocess.Popen([PROGRAM, "clean", "--target", f"imap://alice@127.0.0.1:{port}?tls=none"],
                                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                       env=clean_environment(MAILSPEC_PASSWORD="none of them"))
            self.assertTrue(arrived.wait(DEADLINE))
            process.send_signal(signal.SIGINT)
            said, _ = process.communicate(timeout=DEADLINE)
        self.assertEqual(process.returncode, 130, said)
        self.assertIn(b"interrupted", said)


if __name__ == "__main__":
    unittest.main()
