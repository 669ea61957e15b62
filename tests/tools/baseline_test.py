#!/usr/bin/env python3
"""The JSON result of a run, and runs of which only what differs from such a result decides."""
import json
import re
import socket
import unittest
import xml.etree.ElementTree as ET

from program import ROOT, ProgramTest, built_in_server, mailspec, server_that

SEEN = "imap.fetch.rfc822.sets-seen"
NOOP = "imap.noop.succeeds"


def keys_of(value):
    if isinstance(value, dict):
        for key, below in value.items():
            yield key
            yield from keys_of(below)
    elif isinstance(value, list):
        for each in value:
            yield from keys_of(each)


class Json(ProgramTest):
    def test_a_result_holds_the_run_and_each_key_is_described(self):
        report = self.folder / "out.json"
        with built_in_server("--mischief", SEEN) as target:
            done = mailspec("run", "imap/fetch", "imap/greeting", "--target", target, "--report",
                            f"json:{report}")
        self.assertEqual((done.returncode, done.stderr), (1, ""), done.stdout)
        self.assertIn(f"report: {report}\n", done.stdout)
        self.assertEqual(list(self.folder.iterdir()), [report])
        result = json.loads(report.read_text())
        self.assertEqual(result["format"], 1)
        self.assertEqual(result["servers"][0]["protocol"], "imap")
        by_id = {each["id"]: each for each in result["scenarios"]}
        self.assertEqual(sum(result["counts"].values()), len(by_id))
        wrong = by_id["imap/fetch/rfc822-sets-seen"]
        self.assertEqual((wrong["outcome"], wrong["broken"]), ("violates", [SEEN]))
        self.assertEqual(wrong["findings"][0]["requirement"], SEEN)
        self.assertEqual(by_id["imap/greeting"]["outcome"], "conforms")
        described = (ROOT / "reports/README.md").read_text()
        for key in set(keys_of(result)):
            self.assertRegex(described, rf"[`.]{key}\b", key)

    def test_a_server_is_told_once_though_each_account_has_a_url(self):
        with built_in_server() as target:
            root = ET.parse(target).getroot()
            door = next(e for e in root if e.tag.endswith("}imap"))
            urls = [word for e in root if e.get("user") for word in
                    ("--target", f"imap://{e.get('user')}@127.0.0.1:{door.get('port')}?tls=none&role={e.get('user')}"
                                 f"&password-file={e.get('password-file')}")]
            done = mailspec("run", "imap/greeting", *urls, "--report", "json:-", "--report", f"junit:{self.folder}/out.xml")
        self.assertGreater(len(urls), 2)
        self.assertEqual([each["protocol"] for each in json.loads(done.stdout)["servers"]], ["imap"], done.stderr)
        names = [each.get("name") for each in ET.parse(self.folder / "out.xml").iter("property")]
        self.assertEqual(names.count("server.imap.endpoint"), 1)

    def test_on_standard_output_it_stands_alone(self):
        done = mailspec("run", "imap/greeting", "--report", "json:-")
        self.assertEqual(json.loads(done.stdout)["counts"]["conforms"], 1)
        self.assertIn("1 conforms", done.stderr)

    def test_a_full_disk_is_told(self):
        done = mailspec("run", "imap/greeting", "--report", "json:/dev/full")
        self.assertEqual(done.returncode, 4, done.stdout)
        self.assertIn("could not write /dev/full: No space left on device\n", done.stdout)

    def test_hostile_words_are_data_and_secrets_are_masked(self):
        hostile = b'"\\u0000\x1b[31m\xff\xe2\x80\xae}],{" hunter2-secret'

        def talks(connection):
            connection.sendall(b"* OK " + hostile + b"\r\n")
            for line in connection.makefile("rb"):
                tag, command = line.split()[:2]
                connection.sendall(b"* BYE now\r\n" if command == b"LOGOUT" else b"* NO " + hostile + b"\r\n")
                connection.sendall(tag + (b" BAD " if command == b"NOOP" else b" OK [CAPABILITY IMAP4rev1] ") +
                                   hostile + b"\r\n")
        with server_that(talks) as port:
            done = mailspec("run", "imap/noop", "--report", "json:-", "--target",
                            f"imap://alice@127.0.0.1:{port}?tls=none&auth=command&disposable=yes",
                            MAILSPEC_PASSWORD="hunter2-secret")
        result = json.loads(done.stdout)
        self.assertNotIn("hunter2-secret", done.stdout)
        self.assertIn("[masked]", result["servers"][0]["greeting"])
        self.assertEqual(result["scenarios"][0]["outcome"], "violates", done.stderr)
        self.assertNotRegex(done.stdout, "[\x00-\x09\x0b-\x1f\x7f\u202e]")

    def test_recordings_that_are_audited_have_one_too(self):
        done = mailspec("audit", self.file("good.txt", "S: +OK ready\nC: QUIT\nS: +OK bye\n"), "--report", "json:-")
        self.assertEqual(json.loads(done.stdout)["counts"]["conforms"], 1)


class Baseline(ProgramTest):
    def run_on(self, *words, mischief=(), report="new.json"):
        """Runs on a server that is so mischievous; gives the finished process."""
        naughty = [word for each in mischief for word in ("--mischief", each)]
        with built_in_server(*naughty) as target:
            return mailspec("run", *words, "--target", target, "--report", f"json:{self.folder / report}")

    def made(self, *words, mischief=(), status=1):
        done = self.run_on(*words, mischief=mischief, report="known.json")
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return self.folder / "known.json"

    def test_what_is_known_decides_nothing_and_has_one_line(self):
        known = self.made("imap/fetch", mischief=[SEEN])
        done = self.run_on("imap/fetch", "--baseline", known, "--report", f"junit:{self.folder}/out.xml",
                           "--report", f"html:{self.folder}/out.html", mischief=[SEEN])
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
        self.assertNotIn("VIOLATES", done.stdout)
        self.assertRegex(done.stdout, r"(?m)^known       imap/fetch/rfc822-sets-seen: violates: line \d+: ")
        self.assertRegex(done.stdout.splitlines()[-1], r"; [1-9]\d* known, 0 new, 0 better$")
        suites = ET.parse(self.folder / "out.xml").getroot()
        self.assertEqual((suites.get("failures"), suites.get("errors")), ("0", "0"))
        self.assertIn("known by the baseline: violates: ", "".join(e.text for e in suites.iter("skipped")))
        self.assertIn('<span class="badge known">', (self.folder / "out.html").read_text())
        again = self.run_on("imap/fetch", "--baseline", self.folder / "new.json", mischief=[SEEN])
        self.assertEqual(again.returncode, 0, "the result of a run with a baseline is one as well: " + again.stdout)
        audited = mailspec("audit", self.folder / "out.xml")
        self.assertIn(audited.returncode, (0, 1), audited.stderr)

    def test_what_is_new_fails_as_ever(self):
        known = self.made("imap/fetch", "imap/noop", mischief=[SEEN])
        done = self.run_on("imap/fetch", "imap/noop", "--baseline", known, mischief=[SEEN, NOOP])
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn("VIOLATES imap/noop: ", done.stdout)
        self.assertIn("  baseline   new: the baseline says conforms\n", done.stdout)
        self.assertIn("known       imap/fetch/rfc822-sets-seen: ", done.stdout)

    def test_a_requirement_newly_broken_in_a_known_scenario_is_new(self):
        known = self.made("imap/fetch/rfc822-sets-seen", mischief=[SEEN])
        result = json.loads(known.read_text())
        result["scenarios"][0]["broken"] = ["imap.noop.succeeds"]
        known.write_text(json.dumps(result))
        done = self.run_on("imap/fetch/rfc822-sets-seen", "--baseline", known, mischief=[SEEN])
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn(f"  baseline   new: the baseline says violates, but not {SEEN}\n", done.stdout)

    def test_what_is_better_fails_nothing_and_is_told(self):
        known = self.made("imap/fetch", mischief=[SEEN])
        done = self.run_on("imap/fetch", "--baseline", known)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("better      imap/fetch/rfc822-sets-seen: conforms; the baseline says violates\n", done.stdout)
        self.assertRegex(done.stdout.splitlines()[-1], r"; 0 known, 0 new, [1-9]\d* better$")

    def test_a_scenario_that_the_baseline_does_not_name_is_judged_as_without(self):
        known = self.made("imap/noop", status=0)
        done = self.run_on("imap/fetch", "imap/noop", "--baseline", known, mischief=[SEEN])
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn("  baseline   new: the baseline does not name it\n", done.stdout)

    def test_what_was_not_selected_is_left_alone(self):
        known = self.made("imap/fetch", "imap/noop", mischief=[SEEN])
        done = self.run_on("imap/noop", "--baseline", known)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("  nothing differs, and nothing failed\n", done.stdout)
        self.assertNotIn("that there are not", done.stdout)

    def test_ids_that_are_gone_are_told_in_one_line(self):
        gone = [{"id": f"imap/gone-{n}", "outcome": "violates", "broken": ["imap.gone"]} for n in range(5)]
        known = self.file("known.json", json.dumps({"scenarios": gone}))
        done = self.run_on("imap/noop", "--baseline", known)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn(f"{known} names scenarios that there are not: imap/gone-0, imap/gone-1, imap/gone-2 and 2 more\n"
                      f"{known} names requirements that there are not: imap.gone\n", done.stdout)

    def test_a_known_deviation_is_known_when_strict_too(self):
        def talks(connection):
            connection.sendall(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
            for line in connection.makefile("rb"):
                tag, command = line.split()[:2]
                connection.sendall(b"* BYE now\r\n" if command == b"LOGOUT" else b"")
                connection.sendall(tag + b" OK [CAPABILITY IMAP4rev1] done \n")
        with server_that(talks) as port:
            target = f"imap://alice@127.0.0.1:{port}?tls=none&auth=command&disposable=yes"
            run = ["run", "imap/noop", "--target", target]
            known = self.folder / "known.json"
            first = mailspec(*run, "--report", f"json:{known}", MAILSPEC_PASSWORD="x")
            found = json.loads(known.read_text())["scenarios"][0]
            status = {"deviates": 0, "violates": 1}[found["outcome"]]
            self.assertEqual(first.returncode, status, first.stdout)
            self.assertEqual(mailspec(*run, "--strict", MAILSPEC_PASSWORD="x").returncode, 1)
            done = mailspec(*run, "--strict", "--baseline", known, MAILSPEC_PASSWORD="x")
            self.assertEqual(done.returncode, 0, done.stdout)

    def test_what_could_not_be_judged_is_known_or_new(self):
        with socket.create_server(("127.0.0.1", 0)) as listening:
            port = listening.getsockname()[1]
        run = ["run", "imap/noop", "--target", f"imap://alice@127.0.0.1:{port}?tls=none"]
        known = self.folder / "known.json"
        self.assertEqual(mailspec(*run, "--report", f"json:{known}", MAILSPEC_PASSWORD="x").returncode, 3)
        done = mailspec(*run, "--baseline", known, MAILSPEC_PASSWORD="x")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("known       imap/noop: inconclusive: ", done.stdout)
        known.write_text('{"scenarios": [{"id": "imap/noop", "outcome": "violates", "broken": ["imap.noop.succeeds"]}]}')
        self.assertEqual(mailspec(*run, "--baseline", known, MAILSPEC_PASSWORD="x").returncode, 3)

    def test_a_baseline_may_be_renewed_in_place(self):
        known = self.made("imap/fetch", mischief=[SEEN])
        done = self.run_on("imap/fetch", "--baseline", known, report="known.json")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertNotIn("violates", {each["outcome"] for each in json.loads(known.read_text())["scenarios"]})


class BadBaseline(ProgramTest):
    def refused_before_any_connection(self, baseline, *sentences):
        came = []
        with server_that(came.append) as port:
            done = mailspec("run", "imap/noop", "--target", f"imap://alice@127.0.0.1:{port}?tls=none", "--baseline",
                            baseline, MAILSPEC_PASSWORD="x")
        self.refused(done, *sentences)
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        self.assertEqual(came, [])

    def test_that_cannot_be_read(self):
        self.refused_before_any_connection("/no/such.json", "could not read /no/such.json: No such file or directory")
        self.refused_before_any_connection(self.folder, "Is a directory")
        self.refused_before_any_connection("/dev/full", "could not read /dev/full: a device holds no baseline")

    def test_that_is_none(self):
        for text, sentence in {
                "": ":1:1: this is no JSON: ",
                "<testsuites/>": ":1:1: this is no JSON: ",
                '{"scenarios": [': ":1:16: this is no JSON: ",
                '{"format": 2}': ":1:12: the format is another one",
                '{\n "facts": []}': ':2:2: "facts" is no key of a baseline',
                '{"scenarios": [{"id": "a", "outcome": "worse"}]}': ':1:39: there is no outcome "worse"',
                '{"scenarios": [{"id": "a", "outcome": "broken"}, {"id": "a"}]}': ":1:57: \"a\" stands here twice",
        }.items():
            known = self.file("known.json", text)
            self.refused_before_any_connection(known, f"mailspec: {known}{sentence}")

    def test_whatever_octets_it_holds(self):
        known = self.folder / "known.json"
        for octets in (bytes(range(256)), b"\0", b'{"' + b"\xff" * 100000, b"[" * 1000000, b'{"\\u001b[31m": 1}'):
            known.write_bytes(octets)
            done = mailspec("run", "imap/noop", "--baseline", known)
            self.refused(done, f"{known}:1:")
            self.assertLess(len(done.stderr), 500)
            self.assertIsNone(re.search("[\x00-\x09\x0b-\x1f\x7f]", done.stderr))

    def test_help_names_it(self):
        told = mailspec("run", "--help").stdout
        self.assertIn("--baseline FILE", told)
        self.assertIn("json:FILE", told)


if __name__ == "__main__":
    unittest.main()
