#!/usr/bin/env python3
"""A hostile world: each server here is wrong in one way. mailspec says so in one sentence, in bounded time and memory,
writes its report, and goes on with the other scenarios."""
import base64
import contextlib
import imaplib
import os
import pathlib
import re
import resource
import signal
import socket
import ssl
import struct
import subprocess
import tempfile
import threading
import time
import unittest
import xml.etree.ElementTree as ET

from program import DEADLINE, PROGRAM, ProgramTest, built_in_server, clean_environment, mailspec, outcomes, server_that

MOST_MEMORY = int(os.environ.get("MAILSPEC_MOST_MEMORY", 64 * 1024))  # KiB; more with sanitizers
SCENARIOS = {"imap": "imap/noop", "pop3": "pop3/noop", "smtp": "smtp/noop"}
SECRET = "never-to-be-shown"
NAMES = {"imap": "alice's IMAP", "pop3": "alice's POP3", "smtp": "alice's SMTP"}
PIECE = b"x" * 65536


def say(*pieces):
    """Sends them one after the other, then waits until mailspec hangs up."""
    def turn_bad(connection):
        for piece in pieces:
            connection.sendall(piece)
        while connection.recv(65536):
            pass
    return turn_bad


def for_ever(opening, piece):
    def turn_bad(connection):
        connection.sendall(opening)
        while True:
            connection.sendall(piece)
    return turn_bad


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def imap(turn_bad, at=b"NOOP", capabilities=b"IMAP4rev1"):
    """Well-mannered up to the command that it is bad at."""
    def talks(connection):
        connection.sendall(b"* OK [CAPABILITY " + capabilities + b"] ready\r\n")
        for line in connection.makefile("rb"):
            tag, command = line.split()[:2]
            if command.upper() == at:
                return turn_bad(connection)
            connection.sendall(b"* BYE now\r\n" if command == b"LOGOUT" else b"")
            connection.sendall(tag + b" OK [CAPABILITY " + capabilities + b"] done\r\n")
    return talks


def pop3(turn_bad, at=b"NOOP"):
    def talks(connection):
        connection.sendall(b"+OK ready\r\n")
        for line in connection.makefile("rb"):
            command = line.split()[0].upper()
            if command == at:
                return turn_bad(connection)
            connection.sendall(b"-ERR no such thing\r\n" if command in (b"CAPA", b"UIDL") else b"+OK 0 0\r\n")
    return talks


def smtp(turn_bad, at=b"NOOP"):
    def talks(connection):
        connection.sendall(b"220 mail.example ready\r\n")
        for line in connection.makefile("rb"):
            command = line.split()[0].upper()
            if command == at:
                return turn_bad(connection)
            answers = {b"EHLO": b"250-mail.example\r\n250 SIZE\r\n", b"QUIT": b"221 bye\r\n"}
            connection.sendall(answers.get(command, b"250 fine\r\n"))
    return talks


TALKS = {"imap": imap, "pop3": pop3, "smtp": smtp}


def certificate(folder, name, *, days="2", names="DNS:localhost,IP:127.0.0.1", signed_by=None):
    """Makes NAME.pem, which holds key and certificate; self-signed unless signed by the file of another."""
    path = os.path.join(folder, name + ".pem")
    key, request, bare = (os.path.join(folder, name + end) for end in (".key", ".csr", ".crt"))
    def run(*words):
        subprocess.run(["openssl", *words], check=True, capture_output=True)
    run("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key,
        "-subj", f"/CN={name}", "-out", request)
    extensions = os.path.join(folder, name + ".ext")
    with open(extensions, "w") as file:
        file.write(f"subjectAltName={names}\n" if names else "basicConstraints=critical,CA:TRUE\n")
    signing = ["-CA", signed_by, "-CAkey", signed_by, "-CAcreateserial"] if signed_by else ["-signkey", key]
    run("x509", "-req", "-in", request, *signing, "-days", days, "-extfile", extensions, "-out", bare)
    pathlib.Path(path).write_text(pathlib.Path(key).read_text() + pathlib.Path(bare).read_text())
    return path


def behind_tls(path, talks):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)

    def wrapped(connection):
        with contextlib.suppress(ssl.SSLError), context.wrap_socket(connection, server_side=True) as inside:
            talks(inside)
    return wrapped


class Hostile(ProgramTest):
    @classmethod
    def setUpClass(cls):
        world = contextlib.ExitStack()
        cls.addClassCleanup(world.close)
        cls.world = world.enter_context(tempfile.TemporaryDirectory())
        cls.target = world.enter_context(built_in_server())
        cls.good = {(e.tag.split("}")[1], e.get("tls")): e.get("port") for e in ET.parse(cls.target).getroot() if e.get("port")}

    def against(self, meant, port, options="tls=none", scheme=None, host="127.0.0.1", scenario=None, own=False):
        """Gives the outcome, the sentence, and what mailspec said; the other scenario must have gone on."""
        other, other_scenario = ("smtp", "smtp/greeting") if meant == "pop3" else ("pop3", "pop3/greeting")
        report = self.folder / "out.xml"
        scenario = scenario or SCENARIOS[meant]
        if own:
            self.scenario(other_scenario, f'<{other} state="connected"/><S>{"220" if other == "smtp" else "+OK"}</S>')
        began = time.monotonic()
        done = mailspec("run", scenario, other_scenario, "--timeout", "1s", "--report", f"junit:{report}",
                        *(["--scenarios", self.folder / "scenarios"] if own else []),
                        "--target", f"{scheme or meant}://alice@{host}:{port}?{options}&disposable=yes",
                        "--target", f"{other}://alice@127.0.0.1:{self.good[other, 'none']}?tls=none",
                        MAILSPEC_PASSWORD=SECRET)
        self.assertLess(time.monotonic() - began, 10)
        self.assertLess(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, MOST_MEMORY, "KiB")
        self.assertEqual(done.stderr, "")
        got = outcomes(report)
        self.assertEqual(got[other_scenario], "conforms", done.stdout)
        case = ET.parse(report).find(f".//testcase[@name='{scenario.split('/')[1]}'][@classname='{meant}']")
        sentences = [e.get("message") for e in case if e.tag in ("error", "failure")]
        self.assertEqual(len(sentences), 1, done.stdout)
        return got[scenario], re.sub(r" on 20\d\d-\d\d-\d\d", " on DAY", sentences[0].replace(f":{port}", ":PORT")), done

    def inconclusive(self, sentence, meant, port, host="127.0.0.1", **how):
        outcome, said, done = self.against(meant, port, host=host, **how)
        whole = f"{NAMES[meant]} server at {host}:PORT {sentence}"
        self.assertEqual((done.returncode, outcome, said), (3, "inconclusive", whole), done.stdout)

    def inconclusive_by(self, talks, sentence, meant, **how):
        with server_that(talks) as port:
            self.inconclusive(sentence, meant, port, **how)


class TheWay(Hostile):
    def test_a_refused_port(self):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        for meant in NAMES:
            self.inconclusive("refused the connection", meant, port)

    def test_an_unknown_host(self):
        self.inconclusive("could not be reached: host x.invalid is not known", "imap", 143, host="x.invalid")

    def test_a_server_of_another_protocol(self):
        for meant in NAMES:
            for really in NAMES:
                if really == meant:
                    continue
                with self.subTest(meant=meant, really=really):
                    outcome, said, done = self.against(meant, self.good[really, "none"])
                    self.assertEqual((done.returncode, outcome), (3, "inconclusive"), done.stdout)
                    self.assertRegex(said, rf'^{NAMES[meant]} server at 127.0.0.1:PORT does not speak {meant.upper()}: '
                                           r'it greets with "[^"]+"$')

    def test_tls_where_plain_was_meant(self):
        for meant in ("imap", "pop3"):
            self.inconclusive("did not greet within 1 s; perhaps it expects TLS from the start (tls=implicit)",
                              meant, self.good[meant, "implicit"])

    def test_plain_where_tls_was_meant(self):
        for meant in ("imap", "pop3"):
            self.inconclusive("could not be reached: 127.0.0.1:PORT does not speak TLS here (tls=implicit); try "
                              "tls=starttls or none",
                              meant, self.good[meant, "none"], scheme=meant + "s", options="tls=implicit")

    def test_starttls_where_it_is_not_announced(self):
        for meant, talks, command in (("imap", imap, "STARTTLS"), ("pop3", pop3, "STLS"), ("smtp", smtp, "STARTTLS")):
            self.inconclusive_by(talks(say()), f"does not announce {command}, which the target demands (tls=none does "
                                 "without)", meant, options="tls=starttls")

    def test_starttls_that_is_agreed_to_and_not_done(self):
        agrees = imap(say(b"a1 OK go on\r\n"), b"STARTTLS", b"IMAP4rev1 STARTTLS")
        self.inconclusive_by(agrees, "did not start TLS within 1 s", "imap", options="tls=starttls")

    def test_certificates_that_cannot_be_trusted(self):
        authority = certificate(self.world, "authority", names=None)
        trusted = f"&ca={authority}"
        anyway = "accept any certificate with verify=no"
        for path, options, why in (
                (certificate(self.world, "self"), "",
                 f"is self-signed; trust its authority with ca=FILE on the target, or {anyway}"),
                (certificate(self.world, "stranger", signed_by=authority), "",
                 "is signed by an authority that is not trusted here; trust its authority with ca=FILE on the target, or "
                 + anyway),
                (certificate(self.world, "other-name", names="DNS:mail.example", signed_by=authority), trusted,
                 "is for mail.example, not for 127.0.0.1; say with server-name=NAME on the target which name to expect, or "
                 + anyway),
                (certificate(self.world, "expired", days="0", signed_by=authority), trusted,
                 f"expired on DAY; {anyway} on the target")):
            with self.subTest(path):
                self.inconclusive_by(behind_tls(path, imap(say())), "could not be reached: the certificate of "
                                     f"127.0.0.1:PORT {why}", "imap", options="tls=implicit" + options)


class TheServer(Hostile):
    def for_each(self, sentence, turn_bad):
        for meant, talks in TALKS.items():
            with self.subTest(meant):
                self.inconclusive_by(talks(turn_bad), sentence, meant)

    def test_says_nothing(self):
        for meant in NAMES:
            self.inconclusive_by(say(), "did not greet within 1 s; perhaps it expects TLS from the start (tls=implicit)",
                                 meant)

    def test_stalls_in_its_greeting(self):
        self.inconclusive_by(say(b"* OK rea"), "did not finish its greeting within 1 s, in the midst of a line", "imap")

    def test_stalls_in_its_answer(self):
        for meant, half in (("imap", b"* 1 EX"), ("pop3", b"+O"), ("smtp", b"250-one\r\n25")):
            with self.subTest(meant):
                self.inconclusive_by(TALKS[meant](say(half)),
                                     "did not finish its answer to NOOP within 1 s, in the midst of a line", meant)
        self.for_each("did not answer NOOP within 1 s", say())

    def test_drips_its_answer_without_end(self):
        def drips(connection):
            connection.settimeout(0.2)
            while True:
                connection.sendall(b"*")
                with contextlib.suppress(TimeoutError):
                    connection.recv(1000)
        self.for_each("did not finish its answer to NOOP within 1 s, in the midst of a line", drips)

    def test_closes_instead_of_answering(self):
        for meant in NAMES:
            self.inconclusive_by(lambda c: None, "closed the connection instead of greeting", meant)
        self.for_each("closed the connection instead of answering NOOP", lambda c: None)

    def test_resets_the_connection(self):
        for meant in NAMES:
            self.inconclusive_by(reset, "reset the connection instead of greeting", meant)
        self.for_each("reset the connection instead of answering NOOP", reset)

    def test_closes_within_a_literal(self):
        self.inconclusive_by(imap(lambda c: c.sendall(b"* 1 FETCH (BODY[] {100}\r\nabc")),
                             "closed the connection instead of answering NOOP, in the midst of a literal", "imap")

    def test_announces_a_literal_of_four_gigabytes(self):
        self.inconclusive_by(imap(for_ever(b"* 1 FETCH (BODY[] {4294967295}\r\n", PIECE)),
                             "announced a literal of 4294967295 octets in its answer to NOOP; responses of more than "
                             "16777216 octets are not read", "imap")

    def test_sends_a_line_without_end(self):
        for meant, opening in (("imap", b"* OK "), ("pop3", b"+OK "), ("smtp", b"250 ")):
            with self.subTest(meant):
                endless = for_ever(opening, PIECE)
                too_long = "sent a line of more than 4194304 octets in"
                self.inconclusive_by(TALKS[meant](endless), f"{too_long} its answer to NOOP", meant)
                self.inconclusive_by(endless, f"{too_long} its greeting", meant)

    def test_sends_untagged_answers_without_end(self):
        self.inconclusive_by(imap(for_ever(b"", b"* 1 EXISTS\r\n" * 5000)),
                             "did not come to an end in its answer to NOOP: 50001 responses, more are not read", "imap")

    def test_completes_commands_that_were_not_sent_without_end(self):
        with server_that(imap(for_ever(b"", b"zz9 OK x\r\n" * 5000))) as port:
            outcome, said, done = self.against("imap", port)
            whole = "the server broke imap.completion.tag: a completion for a tag of which no command is in progress"
            self.assertEqual((done.returncode, outcome, said), (1, "violates", whole), done.stdout)

    def test_says_that_its_maildrop_is_endless(self):
        def talks(connection):
            connection.sendall(b"+OK ready\r\n")
            for line in connection.makefile("rb"):
                command = line.split()[0].upper()
                self.assertNotEqual(command, b"DELE")
                connection.sendall({b"STAT": b"+OK 4000000000 1\r\n", b"CAPA": b"-ERR no\r\n"}.get(command, b"+OK\r\n"))
        self.scenario("pop3/noop", '<pop3 state="transaction"/><C>NOOP</C><S>+OK</S>')
        self.inconclusive_by(talks, 'answered STAT with "+OK 4000000000 1" while the maildrop was prepared; one of more '
                             "than 10000 messages is not emptied", "pop3", own=True)

    def test_never_ends_a_multi_line_answer(self):
        endless = pop3(for_ever(b"+OK\r\n", b"1 1000\r\n" * 8000), b"RETR")
        self.scenario("pop3/retr", '<pop3 state="connected"/><S>+OK</S><C>RETR 1</C>')
        self.inconclusive_by(endless, "sent more than 16777216 octets in its answer to RETR", "pop3",
                             scenario="pop3/retr", own=True)
        self.inconclusive_by(pop3(for_ever(b"+OK\r\n", b"X\r\n" * 8000), b"CAPA"),
                             "sent more than 16777216 octets in its answer to CAPA", "pop3", options="tls=starttls")

    def test_sends_continuation_lines_without_end(self):
        self.inconclusive_by(smtp(for_ever(b"", b"250-and so on\r\n" * 5000)),
                             "sent more than 16777216 octets in its answer to NOOP", "smtp")

    def test_accepts_a_login_without_the_proof_that_it_owes(self):
        accepts = imap(say(b"a1 OK welcome\r\n"), b"AUTHENTICATE", b"IMAP4rev1 SASL-IR AUTH=SCRAM-SHA-256")
        self.inconclusive_by(accepts, "accepted the SCRAM-SHA-256 of alice without proof that it knows the password itself",
                             "imap", options="tls=none&auth=SCRAM-SHA-256")

    def test_repeats_the_secret_and_what_hides_it(self):
        """Whatever it says, the password that was sent does not come out again."""
        encoded = base64.b64encode(b"\0alice\0" + SECRET.encode())
        denial = b" NO no " + SECRET.encode() + b" nor " + encoded + b"\r\n"
        def talks(connection):
            connection.sendall(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
            for line in connection.makefile("rb"):
                connection.sendall(line.split()[0] + denial)
        with server_that(talks) as port:
            outcome, said, done = self.against("imap", port)
        self.assertEqual(outcome, "inconclusive")
        self.assertRegex(said, r'^LOGIN was refused for alice: "a\d NO no \[masked\] nor \[masked\]" \(.*\)$')
        for text in (done.stdout, (self.folder / "out.xml").read_text()):
            self.assertNotIn(SECRET, text)
            self.assertNotIn(encoded.decode(), text)


class CtrlC(Hostile):
    def run_until(self, ready, *arguments, signals=1, report=None, by=signal.SIGINT):
        """Starts a run, waits until it is ready, sends Ctrl-C; gives what was said, the report and the time it took."""
        report = report or self.folder / "out.xml"
        process = subprocess.Popen([PROGRAM, "run", "--timeout", "60s", "--report", f"junit:{report}", *map(str, arguments)],
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                                   env=clean_environment(MAILSPEC_PASSWORD=SECRET), encoding="utf-8")
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
