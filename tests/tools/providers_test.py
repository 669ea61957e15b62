#!/usr/bin/env python3
"""Providers: their profiles against the built-in server that plays each; what comes of a demand that is not met."""
import unittest
import xml.etree.ElementTree as ET

from program import ROOT, ProgramTest, built_in_server, mailspec, outcomes

NAMESPACE = "urn:mailspec:target:1"
PROFILES = {path.stem: ET.parse(path).getroot() for path in sorted((ROOT / "scenarios/targets").glob("*.xml"))}
WRONG = "wrong-and-never-shown"
# What the players break as their models do, and the scenarios see, whatever is sent after login.
BREACHES = {"163": "smtp.syntax.ehlo-line", "126": "smtp.syntax.ehlo-line", "icloud": "imap.fetch.rfc822"}
# What a wrong password cannot be told to be, as the players refuse it in words of their own: neither accused nor cleared.
REFUSED_OTHERWISE = {"gmail": {"submission/auth/refused-status", "submission/auth/unknown-user", "submission/auth/wrong-password"},
                     "mail.ru": {"submission/auth/refused-status"}}
REFUSAL = {"163": "LOGIN Login error", "126": "LOGIN Login error", "fastmail": "Incorrect username, password or access token",
           "gmail": "Application-specific password required", "gmx": "wrong user or password",
           "icloud": "Authentication failed", "mail.ru": "NEOBHODIM parol prilozheniya", "outlook": "refused for alice",
           "qq": "Please using authorized code to login", "yahoo": "LOGIN Invalid credentials",
           "yandex": "LOGIN invalid credentials or IMAP is disabled", "zoho": "Invalid credentials(Failure)"}

ET.register_namespace("", NAMESPACE)


def tag(name):
    return f"{{{NAMESPACE}}}{name}"


def words(note):
    return " ".join(note.text.split())


class Providers(ProgramTest):
    def run_at(self, target, *what, **environment):
        """Gives {id: outcome}, {id: reason} and all that was said."""
        report = self.folder / "out.xml"
        done = mailspec("run", *what, "--target", target, "--report", f"junit:{report}", **environment)
        self.assertTrue(report.exists(), done.stderr)
        reasons = {case.get("classname") + "/" + case.get("name") if case.get("classname") else case.get("name"): child.get("message")
                   for case in ET.parse(report).iter("testcase") for child in case if child.get("message")}
        return outcomes(report), reasons, done.stdout + done.stderr + report.read_text()

    def changed(self, target, change):
        root = ET.parse(target).getroot()
        change(root)
        path = self.folder / "changed.xml"
        path.write_text(ET.tostring(root, encoding="unicode"))
        return path

    def with_wrong_secrets(self, root):
        for account in root.iter(tag("account")):
            for secret in ("password", "token"):
                if account.attrib.pop(f"{secret}-file", None):
                    account.set(f"{secret}-env", "WRONG")

    def test_there_are_profiles_of_twelve_each_with_a_source(self):
        self.assertEqual(list(PROFILES), ["126", "163", "fastmail", "gmail", "gmx", "icloud", "mail.ru", "outlook", "qq",
                                          "yahoo", "yandex", "zoho"])
        for name, profile in PROFILES.items():
            with self.subTest(name):
                self.assertIsNone(profile.find(tag("account")))
                for door in ("imap", "submission") + (() if name == "icloud" else ("pop3",)):
                    self.assertIsNotNone(profile.find(tag(door)))
                self.assertNotEqual({d.get("tls") for d in profile if d.get("host")} - {"implicit", "starttls"}, {"none"})
                login = [n for n in profile.iter(tag("note")) if not n.get("when")]
                self.assertEqual(len(login), 1)
                self.assertTrue(all(n.get("source").startswith("https://") for n in profile.iter(tag("note"))))

    def test_they_are_listed_with_doors_and_what_must_be_switched_on(self):
        done = mailspec("providers")
        self.assertEqual(done.returncode, 0)
        told = " ".join(done.stdout.split())
        for name, profile in PROFILES.items():
            self.assertIn(f"\n{name}\n", "\n" + done.stdout)
            for element in profile:
                self.assertIn(element.get("host") or " ".join(element.text.split()), told)

    def test_every_scenario_goes_as_at_any_server_but_for_what_the_provider_breaks(self):
        for name in PROFILES:
            with self.subTest(name), built_in_server("--provider", name) as target:
                came, _, said = self.run_at(target)
                self.assertGreater(list(came.values()).count("conforms"), 60)
                odd = {i for i, outcome in came.items() if outcome not in ("conforms", "unsupported")}
                unclear = {i for i in odd if came[i] == "inconclusive"}
                self.assertEqual(unclear, REFUSED_OTHERWISE.get(name, set()), said)
                odd -= unclear
                breach = BREACHES.get(name)
                self.assertEqual(bool(odd), bool(breach), (odd, said))
                if breach:
                    self.assertEqual({came[i] for i in odd}, {"violates"})
                    self.assertIn(breach, said)
                    for i in odd:
                        self.assertTrue(i.removeprefix("facts/").startswith(
                            "imap/" if name == "icloud" else ("submission/", "flow/", "security/")), i)

    def test_the_printed_target_has_the_ways_of_the_profile_and_its_protocols(self):
        for name, profile in PROFILES.items():
            with self.subTest(name), built_in_server("--provider", name) as target:
                printed = ET.parse(target).getroot()
                self.assertEqual(printed.get("auth"), profile.get("auth"))
                for kind in ("after-login", "note"):
                    self.assertEqual([(words(e), dict(e.attrib)) for e in printed.iter(tag(kind))],
                                     [(words(e), dict(e.attrib)) for e in profile.iter(tag(kind))])
                self.assertEqual([(e.tag, e.get("tls")) for e in printed if e.get("host")],
                                 [(e.tag, e.get("tls")) for e in profile if e.get("host")])
                self.assertEqual({e.get("host") for e in printed if e.get("host")}, {"127.0.0.1"})

    def test_a_wrong_secret_accuses_nobody_and_is_answered_with_what_to_do(self):
        for name, profile in PROFILES.items():
            with self.subTest(name), built_in_server("--provider", name) as target:
                wrong = self.changed(target, self.with_wrong_secrets)
                came, reasons, said = self.run_at(wrong, "imap", "pop3", WRONG=WRONG)
                self.assertEqual(set(came.values()) - {"conforms", "unsupported"}, {"inconclusive"}, said)
                for i in ("imap/noop", "imap/fetch/rfc822"):
                    self.assertEqual(came[i], "inconclusive")
                advice = next(words(n) for n in profile.iter(tag("note")) if not n.get("when"))
                about = [r for r in reasons.values() if " was refused for alice" in r]
                self.assertTrue(about, reasons)
                self.assertTrue(all(advice in r for r in about), about)
                self.assertTrue(any(REFUSAL[name] in r for r in about), about)
                for note in profile.iter(tag("note")):
                    if note.get("when") and note.get("when") in REFUSAL[name]:
                        self.assertTrue(any(words(note) in r for r in about), about)
                self.assertNotIn(WRONG, said)

    def test_nor_does_it_where_mail_is_submitted(self):
        for name, profile in PROFILES.items():
            with self.subTest(name), built_in_server("--provider", name) as target:
                wrong = self.changed(target, self.with_wrong_secrets)
                came, _, said = self.run_at(wrong, "submission", WRONG=WRONG)
                kinds = set(came.values()) - {"conforms", "unsupported", "inconclusive"}
                self.assertEqual(kinds, {"violates"} if name in ("163", "126") else set(), said)
                if kinds:
                    self.assertNotIn("expected 235", said)
                    self.assertIn("smtp.syntax.ehlo-line", said)

    def test_without_id_netease_opens_no_mailbox_and_nobody_is_accused(self):
        for name in ("163", "126"):
            with self.subTest(name), built_in_server("--provider", name) as target:
                def forget(root):
                    root.remove(root.find(tag("after-login")))
                came, reasons, said = self.run_at(self.changed(target, forget), "imap")
                self.assertEqual(set(came.values()), {"conforms", "unsupported", "inconclusive"}, said)
                for i in ("imap/fetch/rfc822", "imap/store", "imap/select/read-write", "imap/examine/read-only"):
                    self.assertEqual(came.get(i, "inconclusive"), "inconclusive", i)
                about = [r for i, r in reasons.items() if "Unsafe Login" in r]
                self.assertGreater(len(about), 30)
                self.assertTrue(all("opens no mailbox before the client has said ID" in r for r in about), about)

    def test_without_its_notes_a_target_says_only_what_the_server_said(self):
        with built_in_server("--provider", "163") as target:
            def bare(root):
                for element in [*root.iter(tag("after-login")), *root.iter(tag("note"))]:
                    root.remove(element)
            came, reasons, _ = self.run_at(self.changed(target, bare), "imap/fetch/rfc822")
            self.assertEqual(came, {"imap/fetch/rfc822": "inconclusive"})
            self.assertTrue(all(r.endswith('Please contact kefu@188.com for help"') for r in reasons.values()), reasons)

    def test_outlook_takes_no_password(self):
        with built_in_server("--provider", "outlook", "--user", "alice") as target:
            for auth in ("command", "PLAIN"):
                def by_password(root):
                    root.set("auth", auth)
                    account = root.find(tag("account"))
                    account.set("password-file", account.attrib.pop("token-file"))
                came, reasons, _ = self.run_at(self.changed(target, by_password), "imap/create", "pop3/noop")
                self.assertEqual(set(came.values()), {"inconclusive"})
                self.assertTrue(all("It takes no passwords, only tokens of OAuth 2.0" in r for r in reasons.values()), reasons)

    def test_tokens_choose_the_mechanism_that_is_announced_pop3_included(self):
        with built_in_server("--provider", "outlook") as target:
            def unsaid(root):
                del root.attrib["auth"]
            came, _, said = self.run_at(self.changed(target, unsaid), "imap/create/existing", "pop3/quit/removes")
            self.assertEqual(came, {"imap/create/existing": "conforms", "pop3/quit/removes": "conforms"}, said)

    def test_a_target_that_names_no_provider_or_account_is_refused(self):
        def refused(target, *sentences):
            done = mailspec("run", "--target", target, MAILSPEC_PASSWORD="x")
            self.refused(done, *sentences)
            self.assertEqual(done.stderr.count("\n"), 1)
            self.assertNotIn("geheim", done.stderr)
        refused("provider:gmial/alice@gmail.com", 'there is no provider "gmial"; did you mean gmail?', "163", "zoho")
        refused("provider:/alice@gmail.com", 'there is no provider ""', "163")
        refused("provider:gmail", "it names no account")
        refused("provider:gmail/", "it names no account")
        refused("provider:gmail/alice", "the account is a mail address")
        refused("provider:gmail/@gmail.com", "the account is a mail address")
        refused("provider:gmail/alice@", "the account is a mail address")
        refused("provider:gmail/alice%0a@gmail.com", "one line")
        refused("provider:gmail/alice:geheim@gmail.com", "a password does not belong in a target")
        refused("provider:gmail/alice@gmail.com?password=geheim", "a password does not belong in a target")
        refused("provider:gmail/alice@gmail.com?token=geheim", "a password does not belong in a target")
        refused("provider:gmail/alice@gmail.com?tls=none", 'there is no option "tls"', "disposable")
        refused("provider:gmail/alice@gmail.com?disposible=yes", "did you mean disposable?")
        refused("provider:outlook/alice@outlook.com", "XOAUTH2 takes a token", "?token-command=COMMAND")
        refused("gmail/alice@gmail.com", "did you mean provider:gmail/alice@gmail.com?")
        self.refused(mailspec("serve", "--provider", "gmial"), "did you mean gmail?")
        self.refused(mailspec("run", "--target", "provider:163/a@163.com", "--target", "provider:126/b@126.com"),
                     "a target is of one provider")


if __name__ == "__main__":
    unittest.main()
