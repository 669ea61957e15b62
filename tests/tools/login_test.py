#!/usr/bin/env python3
"""Every way to log in, over every kind of connection, with right and wrong secrets; and where the secrets must not be."""
import base64
import contextlib
import pathlib
import socket
import threading
import unittest
import xml.etree.ElementTree as ET

from program import ProgramTest, built_in_server, mailspec, outcomes, server_that

PASSWORDS = ["PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256"]
TOKENS = ["XOAUTH2", "OAUTHBEARER"]
ALL = ["imap", "pop3", "submission", "smtp", "lmtp"]
WITH_IMPLICIT_PORTS = ["imap", "pop3", "submission"]
STATES = {"imap": "authenticated", "pop3": "transaction", "submission": "authenticated", "smtp": "authenticated",
          "lmtp": "authenticated"}
NAMES = {"imap": "IMAP", "pop3": "POP3", "submission": "submission", "smtp": "SMTP", "lmtp": "LMTP"}
WRONG = "wrong-and-never-shown"


def encodings(secret):
    """The base64 of what holds the secret, whatever stands before and after it: only what does not depend on these."""
    for before in range(3):
        octets = b"\0" * before + secret.encode()
        whole = base64.b64encode(octets).decode().rstrip("=")
        yield whole[(0, 2, 3)[before]:len(octets) // 3 * 4]


def without_sasl_ir(port):
    """Talks on with the server there, but lets it announce no SASL-IR."""
    def talks(client):
        with socket.create_connection(("127.0.0.1", port)) as server:
            def upwards():
                with contextlib.suppress(OSError):
                    while octets := client.recv(65536):
                        server.sendall(octets)
            threading.Thread(target=upwards, daemon=True).start()
            for line in server.makefile("rb"):
                client.sendall(line.replace(b" SASL-IR", b""))
    return server_that(talks)


class Login(ProgramTest):
    @classmethod
    def setUpClass(cls):
        world = contextlib.ExitStack()
        cls.addClassCleanup(world.close)
        cls.served = ET.parse(world.enter_context(built_in_server("--user", "alice"))).getroot()
        cls.ports = {(e.tag, e.get("tls")): e.get("port") for e in cls.served if e.get("port")}
        cls.ca = next(e.get("ca") for e in cls.served if e.get("ca"))

    def setUp(self):
        super().setUp()
        for protocol, state in STATES.items():
            self.scenario(f"{protocol}/noop", f'<{protocol} state="{state}"/><C>NOOP</C>')
        account = next(e for e in self.served if e.tag == "{urn:mailspec:target:1}account")
        self.password_file, self.token_file = account.get("password-file"), account.get("token-file")

    def log_in(self, mechanism, tls, protocols=ALL, secrets="", ports=None, user="alice", **environment):
        """Runs one NOOP for each protocol, logged in so; gives what mailspec said and the report."""
        doors = "".join(f'<{p} host="127.0.0.1" port="{(ports or {}).get(p) or self.port(p, tls)}" tls="{tls}" '
                        f'ca="{self.ca}" server-name="localhost"/>' for p in protocols)
        target = self.file("target.xml", f'<target xmlns="urn:mailspec:target:1" auth="{mechanism}">{doors}'
                           f'<account user="{user}" disposable="yes" {secrets or self.right()}/></target>')
        report = self.folder / "out.xml"
        done = mailspec("run", "-v", "--scenarios", self.folder / "scenarios", "--target", target,
                        *[f"{p}/noop" for p in protocols], "--report", f"junit:{report}", **environment)
        self.assertTrue(report.exists(), done.stderr)
        return done, report

    def port(self, protocol, tls):
        return self.ports["{urn:mailspec:target:1}" + protocol, "implicit" if tls == "implicit" else "none"]

    def right(self):
        return f'password-file="{self.password_file}" token-command="cat \'{self.token_file}\'"'

    def goes_well(self, mechanism, tls, protocols=ALL, **how):
        done, report = self.log_in(mechanism, tls, protocols, **how)
        self.assertEqual((done.returncode, set(outcomes(report).values())), (0, {"conforms"}), done.stdout + done.stderr)
        texts = done.stdout + done.stderr + report.read_text()
        for path in (self.password_file, self.token_file):
            self.holds_nothing_of(pathlib.Path(path).read_text().strip(), texts)
        return texts

    def holds_nothing_of(self, secret, texts):
        self.assertNotIn(secret, texts)
        for encoded in encodings(secret):
            self.assertNotIn(encoded, texts)

    def is_refused(self, mechanism, tls, protocols=ALL, named=None):
        # A POP3 scenario would fill its maildrop by IMAP, and be refused there.
        for some in (["imap"], [p for p in protocols if p != "imap"]):
            if some and set(some) <= set(protocols):
                self.are_refused(mechanism, tls, some, named or {})

    def are_refused(self, mechanism, tls, protocols, named):
        wrong = 'password-env="WRONG" token-env="WRONG"'
        done, report = self.log_in(mechanism, tls, protocols, wrong, WRONG=WRONG)
        self.assertEqual((done.returncode, set(outcomes(report).values())), (3, {"inconclusive"}), done.stdout)
        for suite in ET.parse(report).iter("testsuite"):
            protocol = suite.get("name")
            with self.subTest(protocol):
                self.assertRegex(next(suite.iter("error")).get("message"),
                                 rf"^{named.get(protocol, mechanism)} was refused for alice: "
                                 rf'".+" \(alice\'s {NAMES[protocol]} server at 127\.0\.0\.1:\d+\)$')
        self.holds_nothing_of(WRONG, done.stdout + done.stderr + report.read_text())

    def test_every_mechanism_goes_over_every_kind_of_connection(self):
        for tls in ("none", "starttls", "implicit"):
            for mechanism in PASSWORDS + TOKENS:
                with self.subTest(mechanism=mechanism, tls=tls):
                    texts = self.goes_well(mechanism, tls, WITH_IMPLICIT_PORTS if tls == "implicit" else ALL)
                    for suite in ET.fromstring(texts[texts.index("<testsuites"):]).iter("testsuite"):
                        self.assertRegex(next(suite.iter("system-out")).text, rf"C: .*AUTH(ENTICATE)? {mechanism}\b")

    def test_so_do_the_commands_older_than_these(self):
        for tls in ("none", "starttls", "implicit"):
            with self.subTest(tls=tls):
                self.assertIn("C: USER alice", self.goes_well("command", tls, ["imap", "pop3"]))
                self.assertNotIn("C: USER", self.goes_well("APOP", tls, ["pop3"]))

    def test_a_wrong_secret_is_told_by_account_and_mechanism(self):
        for mechanism in PASSWORDS + TOKENS:
            with self.subTest(mechanism):
                self.is_refused(mechanism, "none")
        self.is_refused("SCRAM-SHA-256", "implicit", WITH_IMPLICIT_PORTS)
        self.is_refused("command", "starttls", ["imap", "pop3"], {"imap": "LOGIN", "pop3": "PASS"})
        self.is_refused("APOP", "none", ["pop3"])

    def test_without_an_initial_response_where_imap_does_not_announce_it(self):
        with without_sasl_ir(self.port("imap", "none")) as port:
            for mechanism in PASSWORDS + TOKENS:
                with self.subTest(mechanism):
                    texts = self.goes_well(mechanism, "none", ["imap"], ports={"imap": port})
                    self.assertRegex(texts, rf"AUTHENTICATE {mechanism}\n")
        self.assertRegex(self.goes_well("PLAIN", "none", ["imap"]), r"AUTHENTICATE PLAIN \S+\n")

    def test_without_an_initial_response_where_a_pop3_line_has_no_room_for_it(self):
        long_name = "alice-" + "x" * 240
        with built_in_server("--user", long_name) as target:
            served = ET.parse(target).getroot()
            account = served[-1]
            self.password_file, self.token_file = account.get("password-file"), account.get("token-file")
            ports = {e.tag.split("}")[1]: e.get("port") for e in served if e.get("tls") == "none"}
            for mechanism in PASSWORDS + TOKENS:
                with self.subTest(mechanism):
                    texts = self.goes_well(mechanism, "none", ["pop3"], ports=ports, user=long_name)
                    self.assertRegex(texts, rf"AUTH {mechanism}\n")


if __name__ == "__main__":
    unittest.main()
