#!/usr/bin/env python3
"""A hostile world: each server here is wrong in one way. mailspec says so in one sentence, in bounded time and memory,
writes its report, and goes on with the other scenarios."""
import base64
import contextlib
import socket
import unittest

from hostile import NAMES, PIECE, SECRET, TALKS, Hostile, behind_tls, certificate, for_ever, imap, pop3, reset, say, smtp
from program import server_that


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


if __name__ == "__main__":
    unittest.main()
