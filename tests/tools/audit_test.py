#!/usr/bin/env python3
"""Recorded sessions, judged without any connection; and scenarios that are played many times."""
import itertools
import unittest

from program import ProgramTest, built_in_server, mailspec, outcomes, server_that

NOTES = """\
$ telnet smtp.example.com 25
S: 220 example.com Anti-spam GT for Coremail System
C: ehlo laptop
S: 250-mail
S: 250-AUTH LOGIN PLAIN
S: 250-AUTH=LOGIN PLAIN
S: 250 8BITMIME
C: auth login
S: 334 dXNlcm5hbWU6
C: YWxpY2VAZXhhbXBsZS5jb20=
S: 334 UGFzc3dvcmQ6
C: YWxpY2Utc2VjcmV0
S: 235 Authentication successful
C: quit
S: 221 Bye
"""


class Audit(ProgramTest):
    def test_a_finding_is_told_with_its_sentence_and_its_place(self):
        notes = self.file("notes.txt", NOTES)
        done = mailspec("audit", notes, "--report", f"junit:{self.folder}/out.xml")
        self.assertEqual((done.returncode, done.stderr), (1, ""), done.stdout)
        self.assertIn("RFC 5321 section 4.1.1.1", done.stdout)
        self.assertIn(f"{notes}:6", done.stdout)
        self.assertIn("> S: 250-AUTH=LOGIN PLAIN", done.stdout)
        self.assertIn("1 recording against the RFCs", done.stdout)
        self.assertEqual(list(outcomes(self.folder / "out.xml").values()), ["violates"])
        self.assertNotIn("YWxpY2Utc2VjcmV0", (self.folder / "out.xml").read_text())

    def test_each_file_has_a_verdict(self):
        good = self.file("good.txt", "S: +OK ready\nC: QUIT\nS: +OK bye\n")
        done = mailspec("audit", good, self.file("bad.txt", NOTES))
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn("2 recordings against the RFCs", done.stdout)
        self.assertIn("1 conforms, 1 violates", done.stdout)
        self.assertEqual(mailspec("audit", good).returncode, 0)

    def test_what_is_no_recording_is_refused(self):
        self.refused(mailspec("audit", self.file("a.txt", "hello\n")), "a.txt:1: no line here begins with S:")
        self.refused(mailspec("audit", self.file("b.txt", "S: hello\n")), "b.txt:1:", "--protocol")
        self.refused(mailspec("audit", self.folder / "absent.txt"), "absent.txt: No such file or directory")
        self.refused(mailspec("audit"), "file")
        self.refused(mailspec("audit", "x", "--protocol", "http"), "--protocol")

    def test_a_whole_transcript_of_what_conforms_is_read_back(self):
        told = mailspec("run", "imap/fetch/rfc822-sets-seen", "-v").stdout
        self.assertIn("CONFORMS imap/fetch/rfc822-sets-seen", told)
        done = mailspec("audit", self.file("told.txt", told))
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        again = mailspec("audit", "-v", self.file("told.txt", told)).stdout
        self.assertEqual(mailspec("audit", self.file("again.txt", again)).returncode, 0)
        short = mailspec("run", "imap/fetch/rfc822-sets-seen").stdout
        self.refused(mailspec("audit", self.file("short.txt", short)), "holds no transcript", "mailspec run -v")

    def test_a_file_is_called_a_recording(self):
        report = self.folder / "audit.xml"
        done = mailspec("audit", self.file("bad.txt", NOTES), "--report", f"junit:{report}")
        self.assertNotIn("scenario", done.stdout.lower() + report.read_text().lower())
        self.assertRegex(done.stdout, "\n  recording  .*bad.txt:6\n")

    def test_a_report_of_a_run_is_read_back(self):
        report = self.folder / "run.xml"
        done = mailspec("run", "imap/fetch", "pop3", "smtp/data", "--report", f"junit:{report}")
        self.assertEqual(done.returncode, 0, done.stdout)
        done = mailspec("audit", report)
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_what_a_run_found_is_found_in_its_report_too(self):
        report = self.folder / "run.xml"
        with built_in_server("--mischief", "imap.exists.no-shrink") as target:
            run = mailspec("run", "imap", "--target", target, "--report", f"junit:{report}")
        self.assertIn("imap.exists.no-shrink", run.stdout)
        done = mailspec("audit", report)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn("imap.exists.no-shrink", done.stdout)


class ManyPlays(ProgramTest):
    def test_the_worst_play_is_told_and_how_many_came_to_that(self):
        number = itertools.count(1)

        def talk(connection):
            moody = next(number) % 3 == 0
            connection.sendall(b"220 moody.example ready\r\n")
            for line in connection.makefile("rb"):
                verb = line.split()[0].upper()
                connection.sendall(b"500 not now\r\n" if verb == b"NOOP" and moody else b"250 moody.example\r\n")
                if verb == b"QUIT":
                    return

        report = self.folder / "out.xml"
        with server_that(talk) as port:
            done = mailspec("run", "smtp/noop", "--target", f"smtp://127.0.0.1:{port}?tls=none", "--times", 9, "--jobs", 3,
                            "--report", f"junit:{report}")
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertRegex(done.stdout, "VIOLATES smtp/noop: .*, in 3 of 9 plays\n")
        self.assertRegex(done.stdout, r"1 scenario against .* \(9 plays, \d+ a second\): 1 violates")
        self.assertEqual(outcomes(report), {"smtp/noop": "violates"})
        self.assertIn('name="smtp/noop.plays" value="in 3 of 9 plays"', report.read_text())

    def test_a_number_that_is_none_is_refused(self):
        self.refused(mailspec("run", "smtp/noop", "--times", "0"), "--times")


if __name__ == "__main__":
    unittest.main()
