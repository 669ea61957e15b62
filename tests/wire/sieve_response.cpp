#include "harness/rfc/catalogue.hpp"
#include "harness/wire/sieve/response.hpp"

#include "tests/wire/cut_frames.hpp"

#include <gmock/gmock.h>

namespace {

using namespace mailspec;
using namespace mailspec::wire;
using imap::value_kind;
using sieve::response_kind;
using testing::ElementsAre;
using testing::IsEmpty;

/// A tree as text: kinds as letters, so that a test can say all of it.
std::string show(const imap::tree& t, const imap::node& n) {
    const auto content = t.text(n);
    switch (n.kind) {
    case value_kind::atom: return "a:" + content;
    case value_kind::quoted: return "q:" + content;
    case value_kind::literal: return "l:" + content;
    default: break;
    }
    std::string out = "(";
    for (const auto* c = t.child(n); c != nullptr; c = t.next(*c)) {
        out += (out.size() > 1 ? " " : "") + show(t, *c);
    }
    return out + ")";
}

struct parsed {
    response_kind kind;
    std::string tree;
    std::string text;
    std::vector<std::string> broken; ///< "id at offset"
};

constexpr std::uint64_t at = 300;

parsed parse(std::string_view frame) {
    sieve::response r;
    std::vector<rfc::finding> findings;
    sieve::parse(frame, at, r, findings);
    parsed p{r.kind, show(r.values, r.values.root()), r.text() != nullptr ? r.values.text(*r.text()) : "", {}};
    for (const auto& f : findings) {
        p.broken.push_back(std::string(f.broken->id) + " at " + std::to_string(f.at - at));
    }
    return p;
}

TEST(SieveFrameReader, ReadsLinesAndLiterals) {
    const auto r =
        test::frame_however_cut(sieve::frame_reader(), "\"SIEVE\" \"fileinto\"\r\n{7}\r\nkeep;\r\n\r\nOK {2}\r\nhi\r\n"
                                                       "NO (QUOTA) {0+}\r\n\r\nOK \"{5}\"\r\nBY");
    EXPECT_THAT(r.frames, ElementsAre("\"SIEVE\" \"fileinto\"\r\n", "{7}\r\nkeep;\r\n\r\n", "OK {2}\r\nhi\r\n",
                                      "NO (QUOTA) {0+}\r\n\r\n", "OK \"{5}\"\r\n"));
    EXPECT_EQ(r.left, "BY");
}

TEST(SieveFrameReader, FaultsAtTheLimits) {
    const auto huge = test::frame_however_cut(sieve::frame_reader({50, 100}), "OK {4294967295}\r\nabc");
    EXPECT_EQ(huge.why, fault::response_too_long);
    EXPECT_EQ(huge.announced, 4294967295u);
    EXPECT_EQ(test::frame_however_cut(sieve::frame_reader({50, 100}), std::string(60, 'x')).why, fault::line_too_long);
    EXPECT_EQ(
        test::frame_however_cut(sieve::frame_reader({50, 100}), "{90}\r\n" + std::string(90, 'x') + "yyyyyyyyy").why,
        fault::response_too_long);
}

TEST(SieveResponse, ReadsStatusCodeAndText) {
    const auto r = parse("NO (QUOTA/MAXSIZE) \"Quota \\\"exceeded\\\"\"\r\n");
    EXPECT_EQ(r.kind, response_kind::no);
    EXPECT_EQ(r.tree, "((a:QUOTA/MAXSIZE) q:Quota \"exceeded\")");
    EXPECT_EQ(r.text, "Quota \"exceeded\"");
    EXPECT_THAT(r.broken, IsEmpty());
    EXPECT_EQ(parse("OK\r\n").tree, "()");
    EXPECT_THAT(parse("OK\r\n").broken, IsEmpty());
    EXPECT_EQ(parse("bye {3}\r\nbye\r\n").kind, response_kind::bye);
    EXPECT_EQ(parse("bye {3}\r\nbye\r\n").text, "bye");
}

TEST(SieveResponse, ReadsCodesWithArguments) {
    const auto r = parse("OK (TAG {16}\r\nSTARTTLS-SYNC-42) \"Done\"\r\n");
    EXPECT_EQ(r.tree, "((a:TAG l:STARTTLS-SYNC-42) q:Done)");
    EXPECT_THAT(r.broken, IsEmpty());
    EXPECT_EQ(parse("OK (SASL \"cnNwYXV0aA==\")\r\n").tree, "((a:SASL q:cnNwYXV0aA==))");
    EXPECT_EQ(parse("NO (X (1 (a \"b\")) 2)\r\n").tree, "((a:X (a:1 (a:a q:b)) a:2))");
}

TEST(SieveResponse, ReadsDataLines) {
    EXPECT_EQ(parse("\"SIEVE\" \"fileinto vacation\"\r\n").tree, "(q:SIEVE q:fileinto vacation)");
    EXPECT_EQ(parse("\"STARTTLS\"\r\n").kind, response_kind::data);
    EXPECT_EQ(parse("\"main_script\" ACTIVE\r\n").tree, "(q:main_script a:ACTIVE)");
    EXPECT_EQ(parse("{5}\r\nkeep;\r\n").tree, "(l:keep;)");
    EXPECT_THAT(parse("{5}\r\nkeep;\r\n").broken, IsEmpty());
}

TEST(SieveResponse, ReportsWhatDepartsFromTheStatusLine) {
    EXPECT_THAT(parse("OK Logged in.\r\n").broken, ElementsAre("sieve.syntax.status at 3", "sieve.syntax.status at 9"));
    EXPECT_EQ(parse("OK Logged in.\r\n").tree, "(a:Logged a:in.)");
    EXPECT_THAT(parse("OK\"x\"\r\n").broken, ElementsAre("sieve.syntax.status at 2"));
    EXPECT_THAT(parse("OK  \"x\"\r\n").broken, ElementsAre("sieve.syntax.status at 2"));
    EXPECT_THAT(parse("OK \r\n").broken, ElementsAre("sieve.syntax.status at 2"));
    EXPECT_THAT(parse("OK \"x\"\n").broken, ElementsAre("sieve.syntax.crlf at 6"));
    EXPECT_THAT(parse("NO (/X)\r\n").broken, ElementsAre("sieve.syntax.response-code-solidus at 4"));
    EXPECT_THAT(parse("NO ()\r\n").broken, ElementsAre("sieve.syntax.response-code at 4"));
    EXPECT_THAT(parse("NO (X\r\n").broken, ElementsAre("sieve.syntax.response-code at 5"));
    EXPECT_THAT(parse("OK {1}\r\n\xFF\r\n").broken, ElementsAre("sieve.syntax.text-utf8 at 8"));
}

TEST(SieveResponse, ReportsWhatDepartsFromDataLines) {
    EXPECT_THAT(parse("\r\n").broken, ElementsAre("sieve.syntax.data at 0"));
    EXPECT_THAT(parse("* OK IMAP4rev1\r\n").broken, ElementsAre("sieve.syntax.data at 0", "sieve.syntax.data at 5"));
    EXPECT_THAT(parse("\"A\"  \"b\"\r\n").broken, ElementsAre("sieve.syntax.data at 3"));
    EXPECT_THAT(parse("{2+}\r\nhi\r\n").broken, ElementsAre("sieve.syntax.literal at 2"));
    EXPECT_THAT(parse("{02}\r\nhi\r\n").broken, ElementsAre("sieve.syntax.number at 1"));
}

TEST(SieveResponse, ReportsQuotedStringsThatBreakTheirGrammar) {
    EXPECT_THAT(parse("\"" + std::string(1024, 'x') + "\"\r\n").broken, IsEmpty());
    EXPECT_THAT(parse("\"" + std::string(1025, 'x') + "\"\r\n").broken, ElementsAre("sieve.syntax.quoted at 1025"));
    EXPECT_THAT(parse("\"a\\b\"\r\n").broken, ElementsAre("sieve.syntax.quoted at 3"));
    EXPECT_THAT(parse("\"a\r\n").broken, ElementsAre("sieve.syntax.quoted at 2"));
    EXPECT_THAT(parse("\"a\xFF\"\r\n").broken, ElementsAre("sieve.syntax.quoted at 2"));
    EXPECT_THAT(parse("\"a\rb\"\r\n").broken, ElementsAre("sieve.syntax.quoted at 2"));
    EXPECT_THAT(parse("OK (A\x01)\r\n").broken, ElementsAre("sieve.syntax.atom at 5"));
}

TEST(SieveResponse, StaysBoundedOnHostileOctets) {
    for (const std::string_view piece : {"(", "a ", "\x01 ", "( ", ")", "\"\" "}) {
        std::string hostile = "OK (";
        while (hostile.size() < 1000000) {
            hostile += piece;
        }
        sieve::response r;
        std::vector<rfc::finding> findings;
        sieve::parse(hostile + "\r\n", 0, r, findings);
        EXPECT_LE(r.values.nodes.size(), 100001u) << piece;
        EXPECT_LE(findings.size(), 64u) << piece;
    }
}

TEST(SieveResponse, IsReusedWithoutARestOfTheOneBefore) {
    sieve::response r;
    std::vector<rfc::finding> findings;
    sieve::parse("NO (X) \"y\"\r\n", 0, r, findings);
    sieve::parse("\"A\"\r\n", 12, r, findings);
    EXPECT_EQ(r.kind, response_kind::data);
    EXPECT_EQ(r.text(), nullptr);
    EXPECT_EQ(show(r.values, r.values.root()), "(q:A)");
}

} // namespace
