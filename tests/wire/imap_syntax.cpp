#include "tests/wire/imap_reading.hpp"

#include <gmock/gmock.h>

namespace {

using namespace mailspec;
using namespace mailspec::test;
using wire::imap::response_form;
using wire::imap::response_kind;
using namespace std::string_view_literals;

std::string wrong_octets(std::string_view octets) {
    std::string out;
    for (const auto& seen : read_imap(octets).responses) {
        for (const auto& id : seen.broken) {
            out += (out.empty() ? "" : " ") + id;
        }
    }
    return out;
}

TEST(ImapSyntax, TellsTheFormsOfAResponseApart) {
    EXPECT_EQ(read_line("a1 OK done").form, response_form::tagged);
    EXPECT_EQ(read_line("* OK done").form, response_form::untagged);
    EXPECT_EQ(read_line("+ go on").form, response_form::continuation);
    EXPECT_EQ(read_line("a1 OK done").kind, response_kind::ok);
    EXPECT_EQ(read_line("* preauth hello").kind, response_kind::preauth);
    EXPECT_EQ(read_line("* 1 fetch (UID 5)").kind, response_kind::fetch);
    EXPECT_EQ(read_line("* X-UNKNOWN 5").kind, response_kind::other);
}

TEST(ImapSyntax, ReportsALineThatIsNoResponse) {
    for (const auto line : {""sv, "*"sv, "* "sv, "*OK x"sv, "* (x)"sv, "* 5"sv}) {
        const auto seen = read_line(line);
        EXPECT_EQ(seen.form, response_form::malformed) << line;
        EXPECT_THAT(seen.broken, testing::Contains(testing::StartsWith("response@"))) << line;
    }
    EXPECT_EQ(wrong("220 mail.example.com ESMTP"), "response@0");
    EXPECT_EQ(wrong("a1 BYE x"), "response@0");
    EXPECT_EQ(read_line("+OK POP3 ready").form, response_form::continuation);
    EXPECT_EQ(wrong("+OK POP3 ready"), "continuation@1");
}

TEST(ImapSyntax, KeepsUnknownDataAsAGenericTree) {
    EXPECT_EQ(tree_of("* X-FOO a (b \"c\" (d)) {2}\r\n)( NIL"), "(a (b \"c\" (d)) {)(} NIL)");
    EXPECT_EQ(tree_of("* 7 X-FOO ~{3}\r\nabc"), "(~{abc})");
    EXPECT_EQ(wrong("* X-FOO a (b \"c\" (d)) {2}\r\n)( NIL"), "");
    EXPECT_EQ(tree_of("* X-FOO"), "()");
}

TEST(ImapSyntax, KeepsTheTextOfAStatus) {
    EXPECT_EQ(tree_of("a1 OK all is (\"well {5}"), "('all is (\"well {5}')");
    EXPECT_EQ(tree_of("* OK  two spaces "), "(' two spaces ')");
    EXPECT_EQ(wrong("* OK  two spaces "), "");
    EXPECT_EQ(tree_of("+ "), "('')");
    EXPECT_EQ(wrong("+ "), "");
    EXPECT_EQ(wrong("+ YGgGCSqGSIb3EgECAgIAb1kwV6ADAgEFoQ=="), "");
}

TEST(ImapSyntax, ReportsALoneLineFeed) {
    EXPECT_EQ(wrong_octets("* OK x\n"), "crlf@6");
    EXPECT_EQ(wrong_octets("* X {1}\nab\r\n"), "crlf@7 space@9");
    EXPECT_EQ(wrong_octets("* X a\rb\r\n"), "space@5 crlf@5 space@6");
}

TEST(ImapSyntax, ReportsAResponseWithoutLineEnd) {
    wire::imap::response reused;
    EXPECT_THAT(parse_one("* OK x", 0, reused).broken, testing::ElementsAre("crlf@6"));
    EXPECT_EQ(reused.kind, response_kind::ok);
}

TEST(ImapSyntax, ReportsSpacesThatAreNotOne) {
    EXPECT_EQ(wrong("*  1 EXISTS"), "space@1");
    EXPECT_EQ(wrong("* 1  EXISTS"), "space@3");
    EXPECT_EQ(wrong("* 1 EXISTS "), "space@10");
    EXPECT_EQ(wrong("* X a  b"), "space@5");
    EXPECT_EQ(wrong("* X a\tb"), "space@5");
    EXPECT_EQ(wrong("* X ( a b )"), "space@5 space@9");
    EXPECT_EQ(wrong("* X \"a\"b"), "space@7");
    EXPECT_EQ(wrong("* X a\"b\""), "space@5");
    EXPECT_EQ(wrong("* X (a)b"), "space@7");
    EXPECT_EQ(wrong("* X (a)(b) c(d)"), "space@12");
    EXPECT_EQ(wrong(" * X a"), "space@0");
    EXPECT_EQ(wrong("a1  OK x"), "space@2");
    EXPECT_EQ(wrong("* 1 FETCH(UID 5)"), "space@9");
}

TEST(ImapSyntax, ReportsNulOutsideALiteral8) {
    EXPECT_EQ(wrong("* OK a\0b"sv), "nul@6");
    EXPECT_EQ(wrong("* X \"a\0b\""sv), "nul@6");
    EXPECT_EQ(wrong("* X a\0b"sv), "nul@5");
    EXPECT_EQ(wrong("* X {3}\r\na\0b"sv), "nul@10");
    EXPECT_EQ(wrong("* X ~{3}\r\na\0b"sv), "");
}

TEST(ImapSyntax, AllowsUtf8WhereOneOfTheTextsDoes) {
    EXPECT_EQ(wrong("* OK gr\xc3\xbc\xc3\x9f dich \xe2\x82\xac \xf0\x9f\x98\x80"), "");
    EXPECT_EQ(wrong("* LIST () \"/\" \"Entw\xc3\xbcrfe\""), "");
    EXPECT_EQ(wrong("* X {4}\r\n\xff\xfe\x80\xc0"), "");
}

TEST(ImapSyntax, ReportsOctetsThatAreNotUtf8) {
    EXPECT_EQ(wrong("* OK \xfcmlaut"), "text@5");
    EXPECT_EQ(wrong("* OK \xc3"), "text@5");
    for (const auto bad : {"\xc0\x80", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\xe2\x82", "\x80", "\xe0\x80\x80"}) {
        EXPECT_EQ(wrong("* X \"a" + std::string(bad) + "\""), "quoted@6") << bad;
    }
    EXPECT_EQ(wrong("* LIST () \"/\" Entw\xc3\xbcrfe"), "atom@18");
}

TEST(ImapSyntax, ReportsQuotedStringsThatAreNotWellFormed) {
    EXPECT_EQ(wrong(R"(* X "a\"b\\c")"), "");
    EXPECT_EQ(tree_of(R"(* X "a\"b\\c")"), R"(("a\"b\\c"))");
    EXPECT_EQ(wrong(R"(* X "a\b")"), "quoted@6");
    EXPECT_EQ(wrong(R"(* X "abc)"), "quoted@4");
    EXPECT_EQ(tree_of(R"(* X "abc)"), "(\"abc\")");
    EXPECT_EQ(wrong(R"(* X "abc\)"), "quoted@8 quoted@4");
    EXPECT_EQ(wrong(R"(* X ("a b) c)"), "quoted@5 parentheses@12");
}

TEST(ImapSyntax, FindsTheLiteralBehindAQuoteTooMany) {
    const auto seen = read_line("* 1 FETCH (PREVIEW \"5\" disk\" BODY[] {3}\r\nabc UID 4)");
    EXPECT_THAT(seen.tree, testing::EndsWith("{abc} UID 4))"));
    EXPECT_THAT(seen.broken, testing::Contains(testing::StartsWith("quoted@")));
}

TEST(ImapSyntax, ReportsLiteralsThatAreNotWellFormed) {
    EXPECT_EQ(wrong("* X {abc}"), "literal@4");
    EXPECT_EQ(wrong("* X {5"), "literal@4");
    EXPECT_EQ(wrong("* X a{5}"), "literal@5");
    EXPECT_EQ(wrong("* X {5}x"), "literal@4");
    EXPECT_EQ(wrong("* X {3+}\r\nabc"), "literal-plus@4");
    EXPECT_EQ(wrong("* SEARCH {5}"), "literal@9 nz-number@9");
}

TEST(ImapSyntax, ReportsALiteralThatTheResponseIsTooShortFor) {
    wire::imap::response reused;
    const auto seen = parse_one("* X {9}\r\nabc\r\n", 0, reused);
    EXPECT_THAT(seen.broken, testing::Contains("literal@4"));
}

TEST(ImapSyntax, ReportsParenthesesThatAreNotBalanced) {
    EXPECT_EQ(wrong("* X (a (b)"), "parentheses@10");
    EXPECT_EQ(wrong("* X (a)) b"), "parentheses@7");
    EXPECT_EQ(tree_of("* X (a)) b"), "((a) b)");
    EXPECT_EQ(tree_of("* X (a (b c"), "((a (b c)))");
    EXPECT_EQ(wrong("* 1 FETCH (BODY[HEADER) \"x\")"), "parentheses@22 parentheses@27 fetch@22 fetch@24");
}

TEST(ImapSyntax, ReportsOctetsThatAnAtomMayNotHold) {
    EXPECT_EQ(wrong("* X a\x01"), "atom@5");
    EXPECT_EQ(wrong("* X a%b"), "atom@5");
    EXPECT_EQ(wrong("* X a*b"), "atom@5");
    EXPECT_EQ(wrong("* X a\\b"), "atom@5");
    EXPECT_EQ(wrong("* X a\x7f"), "atom@5");
    EXPECT_EQ(wrong("* X \\* \\Seen 1:* a]b [c] ~d a}"), "");
}

TEST(ImapSyntax, ReportsATagWithOctetsItMayNotHold) {
    EXPECT_EQ(wrong("a1 OK x"), "");
    EXPECT_EQ(wrong("[a]1 OK x"), "");
    EXPECT_EQ(wrong("a+1 OK x"), "tag@1");
    EXPECT_EQ(wrong("a\"1 OK x"), "tag@1");
    EXPECT_EQ(read_line("a+1 OK x").form, response_form::tagged);
}

TEST(ImapSyntax, WantsTextOrAtLeastASpaceBehindAStatus) {
    EXPECT_EQ(wrong("a1 OK"), "text@5");
    EXPECT_EQ(wrong("a1 OK "), "");
    EXPECT_EQ(wrong("* BYE"), "text@5");
    EXPECT_EQ(wrong("a1 OK[ALERT] x"), "text@5");
    EXPECT_EQ(wrong("a1 OK [ALERT]"), "");
    EXPECT_EQ(wrong("a1 OK [READ-ONLY]x"), "text@17");
    EXPECT_EQ(wrong("+"), "continuation@1");
    EXPECT_EQ(wrong("+idling"), "continuation@1");
}

TEST(ImapSyntax, WantsANumberWhereTheNameCounts) {
    EXPECT_EQ(wrong("* EXISTS"), "response@2");
    EXPECT_EQ(read_line("* EXISTS").kind, response_kind::other);
    EXPECT_EQ(wrong("* 4294967295 EXISTS"), "");
    EXPECT_EQ(wrong("* 4294967296 EXISTS"), "number@2");
    EXPECT_EQ(wrong("* -1 EXISTS"), "number@2");
    EXPECT_EQ(wrong("* +1 EXISTS"), "number@2");
    EXPECT_EQ(wrong("* 1x EXISTS"), "number@2");
    EXPECT_EQ(wrong("* 0 EXISTS"), "");
    EXPECT_EQ(wrong("* 0 RECENT"), "");
    EXPECT_EQ(wrong("* 0 EXPUNGE"), "nz-number@2");
    EXPECT_EQ(wrong("* 01 FETCH (UID 1)"), "nz-number@2");
    EXPECT_EQ(wrong("* 1 EXISTS 2"), "response@11");
    EXPECT_EQ(wrong("* 1 LIST () \"/\" x"), "response@2");
}

TEST(ImapSyntax, StopsReportingWhenThereIsTooMuchToReport) {
    std::string line = "* X";
    for (int i = 0; i < 500; ++i) {
        line += " a*b";
    }
    wire::imap::response reused;
    EXPECT_EQ(parse_one(line + "\r\n", 0, reused).broken.size(), 64u);
}

TEST(ImapSyntax, EscapesAndShortensWhatTheServerSaidInAFinding) {
    wire::imap::response reused;
    std::vector<rfc::finding> findings;
    wire::imap::parse("* X a\x01\x1b[31m\\\"\r\n", 0, reused, findings);
    ASSERT_FALSE(findings.empty());
    EXPECT_THAT(findings.front().detail, testing::HasSubstr(R"("a\x01\x1b[31m\\")"));
    findings.clear();
    wire::imap::parse("* X " + std::string(1000, '%') + "\r\n", 0, reused, findings);
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_LT(findings.front().detail.size(), 120u);
}

TEST(ImapSyntax, ReadsListsOfAnyDepthWithoutGoingThere) {
    const std::size_t depth = 100000;
    const std::string line = "* X " + std::string(depth, '(') + "a" + std::string(depth, ')') + " b\r\n";
    wire::imap::response reused;
    std::vector<rfc::finding> findings;
    wire::imap::parse(line, 0, reused, findings);
    EXPECT_TRUE(findings.empty());
    std::size_t seen = 0;
    for (const auto* n = &reused.values.root(); n; n = reused.values.child(*n)) {
        ++seen;
    }
    EXPECT_EQ(seen, wire::imap::max_depth + 2);
    EXPECT_EQ(reused.values.raw(*reused.values.next(*reused.values.child(reused.values.root()))), "b");
}

TEST(ImapSyntax, DoesNotAllocateForValuesOnceItIsWarm) {
    const std::string frame = "* 1 FETCH (FLAGS (\\Seen \\Answered) UID 5 BODY[TEXT] \"abc\")\r\n";
    wire::imap::response reused;
    std::vector<rfc::finding> findings;
    wire::imap::parse(frame, 0, reused, findings);
    const auto* before = reused.values.nodes.data();
    const auto room = reused.values.nodes.capacity();
    wire::imap::parse(frame, 60, reused, findings);
    EXPECT_EQ(reused.values.nodes.data(), before);
    EXPECT_EQ(reused.values.nodes.capacity(), room);
    EXPECT_EQ(reused.at, 60u);
}

} // namespace
