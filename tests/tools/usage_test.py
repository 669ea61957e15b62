#!/usr/bin/env python3
"""What the command line says to what people type; nothing is sent in any of these."""
import pathlib
import subprocess
import unittest

from program import PROGRAM, ProgramTest, mailspec, server_that


class Usage(ProgramTest):
    def test_without_a_word_it_tells_what_it_can(self):
        done = mailspec()
        self.assertEqual(done.returncode, 2)
        for name in ("run", "audit", "ask", "list", "show", "lint", "clean", "serve", "requirements", "providers"):
            self.assertIn(f"\n  {name} ", done.stderr)

    def test_help_and_version_go_to_standard_output(self):
        for words in (["--help"], ["run", "--help"], ["serve", "-h"], ["--version"]):
            done = mailspec(*words)
            self.assertEqual((done.returncode, done.stderr), (0, ""), words)
            self.assertIn("mailspec", done.stdout)

    def test_help_fits_on_a_page(self):
        for name in ("", "run", "audit", "ask", "list", "show", "lint", "clean", "serve", "requirements", "providers"):
            for line in mailspec(*filter(None, [name]), "--help").stdout.splitlines():
                self.assertLessEqual(len(line), 118, line)

    def test_a_mistyped_subcommand_is_answered_with_the_nearest(self):
        self.refused(mailspec("rnu"), "there is no subcommand 'rnu'; did you mean run?")

    def test_a_mistyped_option_is_answered_with_the_nearest(self):
        self.refused(mailspec("run", "--tagret", "x"), "there is no option --tagret; did you mean --target?")

    def test_a_mistyped_id_is_answered_with_the_nearest(self):
        self.refused(mailspec("run", "imap/greting"), "imap/greting", "did you mean imap/greeting?")
        self.refused(mailspec("show", "imap/greting"), "did you mean imap/greeting?")

    def test_a_selection_that_matches_nothing_is_refused(self):
        self.refused(mailspec("run", "nothing/*"), "nothing/*")
        self.refused(mailspec("run", "--tag", "no-such-tag"))
        self.refused(mailspec("run", "--protocol", "imapp"))
        self.refused(mailspec("run", "imap/greeting", "--exclude", "imap"))

    def test_an_exclusion_that_matches_nothing_is_refused(self):
        self.refused(mailspec("run", "imap/greeting", "--exclude", "imap/fetc"), "no scenario matches imap/fetc")
        self.refused(mailspec("run", "imap/greeting", "--exclude", "tag:no-such-tag"), "no scenario is tagged no-such-tag")
        done = mailspec("run", "imap/greeting", "--exclude", "pop3", "--exclude", "tag:delivery")
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_values_that_are_none_are_refused(self):
        for words in (["--jobs", "0"], ["--jobs", "many"], ["--timeout", "10"], ["--timeout", "0s"],
                      ["--report", "htm:x"], ["--report", "html:"], ["--report", "junit:"], ["--baseline", ""]):
            self.refused(mailspec("run", *words), words[0])

    def test_a_report_that_could_not_be_written_is_refused_before_the_run(self):
        self.refused(mailspec("run", "--report", "junit:/no/such/folder/x.xml"),
                     "could not write /no/such/folder/x.xml: No such file or directory")
        self.refused(mailspec("run", "--report", f"junit:{self.folder}"), "Is a directory")

    def test_two_reports_in_one_place_are_refused(self):
        for command, one, other in (("run", "json:-", "junit:-"), ("ask", "json:x", "markdown:x"), ("audit", "html:x", "json:x")):
            self.refused(mailspec(command, "--report", one, "--report", other), f"'{other}': another report is written there")

    def test_a_password_in_a_url_is_refused(self):
        done = mailspec("run", "--target", "imap://alice:hunter2@127.0.0.1:1?tls=none")
        self.refused(done, "password")
        self.assertNotIn("hunter2", done.stderr)

    def test_urls_and_a_target_file_do_not_mix(self):
        self.refused(mailspec("run", "--target", "imap://alice@127.0.0.1", "--target", "x.xml"), "not both")

    def test_a_target_that_cannot_be_used_is_refused(self):
        self.refused(mailspec("run", "--target", "/no/such.xml"), "/no/such.xml", "No such file")
        self.refused(mailspec("run", "--target", "gopher://alice@127.0.0.1"), "gopher")
        self.refused(mailspec("run", "--target", self.file("t.xml", "<target")), "t.xml:1:")

    def test_authorities_that_cannot_be_read_are_refused_before_any_connection(self):
        none = self.file("none.pem", "no certificate\n")
        broken = self.file("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
        came = []
        with server_that(came.append) as port:
            for file, why in {"/no/such.pem": "No such file or directory", self.folder: "it is no regular file",
                              "/dev/zero": "it is no regular file", none: "no certificate", broken: ""}.items():
                url = f"imap://alice@127.0.0.1:{port}?tls=none&ca={file}"
                others = [["ask", "imap/delimiter"], ["clean"]] if file == none else []
                for words in (["run", "imap/greeting"], *others):
                    with self.subTest(words=words, file=file):
                        done = mailspec(*words, "--target", url, MAILSPEC_PASSWORD="x")
                        self.refused(done, f"mailspec: the target imap://127.0.0.1:{port}: no certificate authority could "
                                           f"be read from {file}: {why}")
                        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
                target = self.file("t.xml", f'<target xmlns="urn:mailspec:target:1" name="ours"><imap host="127.0.0.1" '
                                            f'port="{port}" ca="{file}"/><account user="alice" password-env="P"/></target>')
                self.refused(mailspec("run", "--target", target), f"mailspec: the target ours: no certificate authority could "
                                                                  f"be read from {file}: {why}")
        self.assertEqual(came, [])

    def test_without_a_password_it_says_where_one_comes_from(self):
        self.refused(mailspec("run", "--target", "imap://alice@127.0.0.1:1?tls=none"), "MAILSPEC_PASSWORD")
        self.refused(mailspec("run", "--target", "imap://alice@127.0.0.1:1", "--password-file", "/no/such"), "/no/such")
        self.refused(mailspec("run", "--target", "imap://alice@127.0.0.1:1", "--password-command", "false"),
                     "no password for alice: the command of password-command failed with exit status 1")


class Files(ProgramTest):
    def test_every_load_error_is_shown_with_its_place(self):
        self.scenario("a", "<imap/><Q>NOOP</Q>")
        self.scenario("b", "<imap/><C>NOOP</C><S>* FLAGS ${unbound}x</S><Z/>")
        self.scenario("c", "<imap/><C>NOOP</C>")
        done = mailspec("run", "--scenarios", self.folder / "scenarios")
        self.refused(done, "/a.xml:1:", "<Q>", "/b.xml:1:", "^")
        done = mailspec("lint", self.folder / "scenarios")
        self.assertEqual(done.returncode, 2)
        self.assertIn("3 scenarios, 2 errors, ", done.stdout)

    def test_a_message_file_that_is_not_there_is_a_load_error(self):
        self.scenario("m", '<imap><message file="no.eml"/></imap><C>NOOP</C>')
        self.refused(mailspec("run", "--scenarios", self.folder / "scenarios"), "no.eml")

    def test_a_folder_without_scenarios_is_refused(self):
        self.refused(mailspec("run", "--scenarios", self.folder))
        self.refused(mailspec("run", "--scenarios", self.folder / "nowhere"), "nowhere")
        self.refused(mailspec("lint", self.folder), f"no scenario lies below {self.folder}")

    def test_one_file_is_enough(self):
        path = self.scenario("deep/down", "<imap/><C>NOOP</C>")
        done = mailspec("list", "--scenarios", path)
        self.assertEqual((done.returncode, done.stdout), (0, "deep/down  a test\n"), done.stderr)

    def test_an_id_that_is_not_the_path_is_refused(self):
        path = pathlib.Path(self.scenario("one", "<imap/><C>NOOP</C>")).rename(self.folder / "two.xml")
        self.refused(mailspec("run", "--scenarios", path), "one")


class Listing(ProgramTest):
    def test_list_names_ids_and_titles_ascending(self):
        done = mailspec("list")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        ids = [line.split()[0] for line in done.stdout.splitlines()]
        self.assertEqual(ids, sorted(ids))
        self.assertIn("imap/greeting", ids)

    def test_list_takes_the_same_selection_as_run(self):
        done = mailspec("list", "--protocol", "pop3", "--exclude", "pop3/l*")
        ids = [line.split()[0] for line in done.stdout.splitlines()]
        self.assertIn("pop3/stat", ids)
        self.assertNotIn("pop3/lock", ids)
        self.assertNotIn("imap/greeting", ids)

    def test_show_quotes_the_rfc_and_the_dialogue(self):
        done = mailspec("show", "imap/greeting")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("proves\n", done.stdout)
        self.assertRegex(done.stdout, r'RFC \d+ section [\d.]+: "')
        self.assertIn("<scenario", done.stdout)

    def test_a_full_disk_is_told(self):
        with open("/dev/full", "w") as full:
            done = subprocess.run([PROGRAM, "list"], stdout=full, stderr=subprocess.PIPE, text=True)
        self.assertEqual(done.returncode, 4)
        self.assertIn("No space left on device", done.stderr)


if __name__ == "__main__":
    unittest.main()
