#!/usr/bin/env python3
"""What mailspec says of the requirements that it knows, and the page of a run."""
import html.parser
import json
import unittest

from program import ProgramTest, mailspec

LEVELS = {"MUST", "MUST NOT", "SHOULD", "SHOULD NOT", "MAY"}


def requirements(*words):
    done = mailspec("requirements", *words, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


class Requirements(ProgramTest):
    def test_every_one_is_in_one_state_and_the_numbers_add_up(self):
        told = requirements()
        states = [r["state"] for r in told["requirements"]]
        counted = {s: states.count(s) for s in ("proven", "untestable", "open")}
        self.assertEqual(told["total"], {"catalogued": len(states), **counted})
        self.assertEqual([r["id"] for r in told["requirements"]], sorted(r["id"] for r in told["requirements"]))
        for r in told["requirements"]:
            self.assertIn(r["level"], LEVELS)
            self.assertTrue(r["sources"], r["id"])
            claimed = r["proven_by"] or r["answered_by"] or r["watched_by"]
            self.assertEqual(r["state"] == "proven", bool(claimed and r["mischief"]), r["id"])
            self.assertEqual("profile" in r, r["id"].startswith("imap."), r["id"])

    def test_what_monitors_and_readers_cite_is_known(self):
        by_id = {r["id"]: r for r in requirements()["requirements"]}
        self.assertEqual(by_id["imap.syntax.space"]["watched_by"], ["reader"])
        self.assertEqual(by_id["imap.uid.constant"]["watched_by"], ["monitor"])
        self.assertIn("observer", by_id["imap.message.immutable"]["watched_by"])
        self.assertIn("imap/fetch/rfc822-sets-seen", by_id["imap.fetch.rfc822.sets-seen"]["proven_by"])

    def test_they_can_be_narrowed(self):
        of_pop3 = requirements("--rfc", "RFC1939", "--level", "must-not")
        for r in of_pop3["requirements"]:
            self.assertEqual(r["level"], "MUST NOT")
            self.assertIn("1939", [s["rfc"] for s in r["sources"]])
        self.assertEqual([(c["rfc"], c["level"]) for c in of_pop3["counts"]], [("1939", "MUST NOT")])
        for r in requirements("--state", "proven", "--rfc", "3501", "--rfc", "1939")["requirements"]:
            self.assertEqual(r["state"], "proven")

    def test_text_and_markdown_have_the_counts_at_the_top(self):
        self.assertRegex(mailspec("requirements").stdout, r"^ +catalogued +proven +untestable +open")
        self.assertTrue(mailspec("requirements", "--format", "markdown").stdout.startswith("| RFC | level | catalogued |"))

    def test_what_is_none_is_refused(self):
        for words in (["--rfc", "1"], ["--level", "perhaps"], ["--state", "new"], ["--format", "xml"]):
            self.refused(mailspec("requirements", *words))


class Page(html.parser.HTMLParser):
    """What a page holds; an element that is closed by the wrong end tag is a fault."""
    EMPTY = {"meta", "input", "br"}

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.ids, self.links = [], [], [], []
        self.feed(text)
        assert not self.open, self.open

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.ids += [v for k, v in attributes if k == "id"]
        self.links += [v for k, v in attributes if k == "href"]
        if tag not in self.EMPTY | {"option", "li", "tr", "td", "th", "dt", "dd", "p"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in {"option", "li", "tr", "td", "th", "dt", "dd", "p"}:
            return
        last = self.open.pop()
        assert last == tag, f"<{last}> closed by </{tag}>"


class Html(ProgramTest):
    def test_a_run_becomes_one_page_of_well_nested_elements_without_dead_links(self):
        self.scenario("imap/no", "<imap/><C>NOOP</C><S>NO ${...}</S>", 'proves="imap.noop.succeeds"')
        report = self.folder / "run.html"
        done = mailspec("run", "--scenarios", self.folder / "scenarios", "--report", f"html:{report}")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        page = Page(report.read_text(encoding="utf-8"))
        self.assertEqual(page.tags.count("script"), 1)
        self.assertEqual(len(page.ids), len(set(page.ids)))
        self.assertIn("s-imap/no", page.ids)
        for to in page.links:
            self.assertTrue(to[1:] in page.ids if to.startswith("#") else to.startswith("https://www.rfc-editor.org/"), to)

    def test_it_may_go_to_standard_output(self):
        done = mailspec("run", "imap/greeting", "--report", "html:-")
        self.assertTrue(done.stdout.startswith("<!DOCTYPE html>"))
        self.assertIn("1 conforms", done.stderr)


if __name__ == "__main__":
    unittest.main()
