#!/usr/bin/env python3
"""mailspec ask: the table of answers, its reports, its exit statuses."""
import json
import re
import signal
import subprocess
import threading
import unittest
import xml.etree.ElementTree as ET

from program import DEADLINE, PROGRAM, ProgramTest, built_in_server, clean_environment, mailspec, server_that

FACT = "imap/rfc822-sets-seen"
QUESTION = r"does FETCH RFC822 set \Seen?"


class Usage(ProgramTest):
    def test_what_is_mistyped_is_answered_with_the_nearest(self):
        self.refused(mailspec("ask", "imap/delimitr"), "imap/delimitr", "did you mean facts/imap/delimiter?")
        self.refused(mailspec("ask", "--tagret", "x"), "did you mean --target?")

    def test_a_scenario_that_asks_nothing_is_no_fact(self):
        self.refused(mailspec("ask", "imap/greeting"),
                     "imap/greeting is a scenario that asks nothing; mailspec run imap/greeting plays it")
        self.refused(mailspec("ask", "imap/noop/"), "imap/noop/ names scenarios that ask nothing")

    def test_values_that_are_none_are_refused(self):
        for words in (["--report", "junit:x"], ["--report", "json:"], ["--timeout", "10"], ["--jobs", "0"]):
            self.refused(mailspec("ask", *words), words[0])
        self.refused(mailspec("ask", "--report", "json:/no/such/folder/x"), "could not write /no/such/folder/x")

    def test_a_target_that_cannot_be_used_is_refused(self):
        self.refused(mailspec("ask", FACT, "--target", "/no/such.xml"), "/no/such.xml")
        self.refused(mailspec("ask", FACT, "--target", "imap://alice@127.0.0.1 x.xml"), "not both")
        self.refused(mailspec("ask", FACT, "--target", "imap://alice:hunter2@127.0.0.1"), "password")


class Answers(ProgramTest):
    def rows(self, text):
        return {re.split(r"\s{2,}", line)[0]: re.split(r"\s{2,}", line)[1:] for line in text.splitlines()}

    def test_of_the_built_in_server_are_there_without_a_target(self):
        done = mailspec("ask", FACT)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(self.rows(done.stdout)["question"], ["the built-in server"])
        self.assertEqual(self.rows(done.stdout)[QUESTION], ["yes"])
        self.assertEqual(mailspec("ask", "facts/" + FACT).stdout, done.stdout)

    def test_every_bundled_fact_is_answered_by_the_built_in_server(self):
        done = mailspec("ask", "--jobs", "4")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertNotIn("no answer", done.stdout)
        self.assertGreater(len(self.rows(done.stdout)), 70)
        questions = [re.split(r"\s{2,}", line)[0] for line in done.stdout.splitlines()]
        self.assertEqual([each for each in set(questions) if questions.count(each) > 1], [], "a question has one place")

    def test_of_several_targets_stand_side_by_side_and_a_breach_is_marked(self):
        with built_in_server("--mischief", "imap.fetch.rfc822.sets-seen") as target:
            done = mailspec("ask", FACT, "imap/delimiter", "--target", "built-in", "--target", target)
        self.assertEqual(done.returncode, 1, done.stdout)
        rows = self.rows(done.stdout)
        self.assertEqual(rows["question"], ["the built-in server", "mailspec serve"])
        self.assertEqual(rows[QUESTION], ["yes", "no [1]"])
        self.assertEqual(rows["what is the hierarchy delimiter?"], ["/", "/"])
        self.assertIn("[1]  MUST imap.fetch.rfc822.sets-seen", done.stdout)
        self.assertIn("RFC 3501 section 6.4.5: \"Functionally equivalent to BODY[]", done.stdout)

    def test_a_should_that_is_not_followed_is_marked_and_no_failure(self):
        with built_in_server("--mischief", "imap.fetch.seen-told") as target:
            done = mailspec("ask", "imap/seen-is-told", "--target", target)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("[1]  SHOULD imap.fetch.seen-told", done.stdout)

    def test_a_report_on_standard_output_has_it_for_itself(self):
        report = self.folder / "facts.md"
        done = mailspec("ask", FACT, "--report", "json:-", "--report", f"markdown:{report}")
        self.assertEqual(done.returncode, 0)
        told = json.loads(done.stdout)
        self.assertEqual(told["facts"][0]["question"], QUESTION)
        self.assertEqual(told["facts"][0]["answers"],
                         [{"target": "the built-in server", "outcome": "answered", "answer": "yes"}])
        self.assertEqual(told["targets"][0]["servers"][0]["protocol"], "imap")
        self.assertIn(QUESTION, done.stderr)
        self.assertIn("| does FETCH RFC822 set \\\\Seen? | yes |", report.read_text())
        self.assertEqual([each.name for each in self.folder.iterdir()], ["facts.md"])

    def test_urls_of_one_server_make_one_column(self):
        with built_in_server() as target:
            root = ET.parse(target).getroot()
            name = "{urn:mailspec:target:1}"
            port = {kind: next(e.get("port") for e in root.iter(name + kind) if e.get("tls") == "none")
                    for kind in ("imap", "pop3")}
            password = next(e for e in root.iter(name + "account") if e.get("user") == "alice").get("password-file")
            urls = " ".join(f"{kind}://alice@127.0.0.1:{port[kind]}?tls=none&disposable=yes" for kind in port)
            done = mailspec("ask", FACT, "pop3/uidl-stays", "--target", urls, "--password-file", password)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertEqual(self.rows(done.stdout)["is the UIDL of a message the same in the next session?"], ["yes"])
            wrong = mailspec("ask", FACT, "--target", urls.replace("imap://alice", "imap://alice", 1),
                             "--password-command", "echo wrong")
            self.assertEqual(wrong.returncode, 3, wrong.stdout)
            self.assertIn("not judged", wrong.stdout)
            self.assertIn("refused for alice", wrong.stdout)
            self.assertNotIn("wrong", wrong.stdout.replace("wrong password", ""))

    def test_a_server_that_is_not_there_is_a_column_with_the_reason(self):
        with server_that(lambda connection: None) as port:
            pass
        done = mailspec("ask", FACT, "--target", "built-in", "--target", f"imap://alice@127.0.0.1:{port}?tls=none",
                        MAILSPEC_PASSWORD="none of them")
        self.assertEqual(done.returncode, 3, done.stdout + done.stderr)
        self.assertEqual(self.rows(done.stdout)[QUESTION], ["yes", "not judged [1]"])
        self.assertIn("refused the connection", done.stdout)

    def test_what_an_account_is_not_marked_for_is_unsupported_and_says_so(self):
        with built_in_server() as target:
            target.write_text(target.read_text().replace(' disposable="yes"', ""))
            done = mailspec("ask", FACT, "pop3/retr-sets-seen", "pop3/top-sets-seen", "--target", target)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual(self.rows(done.stdout)[QUESTION], ["yes"])
        self.assertEqual(done.stdout.count("unsupported [1]"), 2, done.stdout)
        self.assertIn('disposable="yes"', done.stdout)

    def test_ones_own_questions_are_asked_too(self):
        self.scenario("mine/noop", '<imap/><C>NOOP</C><outcomes><outcome answer="${word}"><S>OK</S></outcome>'
                      '<outcome answer="no"><S>NO</S></outcome></outcomes>'.replace("${word}", "yes"), 'asks="noop?"')
        done = mailspec("ask", "mine", "--scenarios", self.folder / "scenarios")
        self.assertEqual((done.returncode, self.rows(done.stdout)["noop?"]), (0, ["yes"]), done.stderr)

    def test_ctrl_c_ends_it_with_the_table_printed(self):
        arrived = threading.Event()

        def talks(connection):
            arrived.set()
            connection.recv(1000)
        with server_that(talks) as port:
            process = subprocess.Popen([PROGRAM, "ask", FACT, "imap/delimiter", "--timeout", "60s", "--target",
                                        f"imap://alice@127.0.0.1:{port}?tls=none"], stdout=subprocess.PIPE,
                                       stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                                       env=clean_environment(MAILSPEC_PASSWORD="none of them"), encoding="utf-8")
            self.assertTrue(arrived.wait(DEADLINE))
            process.send_signal(signal.SIGINT)
            said, _ = process.communicate(timeout=DEADLINE)
        self.assertEqual(process.returncode, 130, said)
        self.assertIn("the run was interrupted", said)


if __name__ == "__main__":
    unittest.main()
