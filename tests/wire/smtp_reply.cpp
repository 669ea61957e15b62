#include "harness/rfc/catalogue.hpp"
#include "harness/wire/smtp/reply.hpp"

#include "tests/wire/cut_frames.hpp"

#include <gmock/gmock.h>

namespace {

using namespace mailspec;
using namespace mailspec::wire;
using smtp::context;
using testing::ElementsAre;
using testing::IsEmpty;

struct parsed {
    smtp::reply reply;
    std::vector<std::string> broken; ///< "id at offset"
};

constexpr std::uint64_t at = 500;

parsed parse(std::string_view frame, context c = context::other) {
    parsed p;
    std::vector<rfc::finding> findings;
    smtp::parse(frame, at, c, p.reply, findings);
    for (const auto& f : findings) {
        p.broken.push_back(std::string(f.broken->id) + " at " + std::to_string(f.at - at));
    }
    return p;
}

TEST(SmtpFrameReader, EndsAReplyAtTheLineWithoutHyphen) {
    const auto r = test::frame_however_cut(smtp::frame_reader(), "220 hi\r\n250-a\r\n250-b\r\n250 c\r\n354\r\n250-");
    EXPECT_THAT(r.frames, ElementsAre("220 hi\r\n", "250-a\r\n250-b\r\n250 c\r\n", "354\r\n"));
    EXPECT_EQ(r.left, "250-");
}

TEST(SmtpFrameReader, TakesAnyLineWithoutCodeAsAWholeReply) {
    const auto r = test::frame_however_cut(smtp::frame_reader(), "* OK IMAP\r\n\r\n-\r\n25-x\r\n250-a\n250 b\n");
    EXPECT_THAT(r.frames, ElementsAre("* OK IMAP\r\n", "\r\n", "-\r\n", "25-x\r\n", "250-a\n250 b\n"));
}

TEST(SmtpFrameReader, FaultsAtTheLimits) {
    std::string endless;
    for (int i = 0; i < 30; ++i) {
        endless += "250-x\r\n";
    }
    EXPECT_EQ(test::frame_however_cut(smtp::frame_reader({50, 100}), endless).why, fault::response_too_long);
    EXPECT_EQ(test::frame_however_cut(smtp::frame_reader({50, 100}), std::string(51, '2')).why, fault::line_too_long);
}

TEST(SmtpReply, ReadsCodeAndLines) {
    const auto r =
        parse("250-First line\r\n250-Second line\r\n250-234 Text beginning with numbers\r\n250 The last line\r\n");
    EXPECT_EQ(r.reply.code, 250);
    EXPECT_TRUE(r.reply.positive());
    ASSERT_EQ(r.reply.lines.size(), 4u);
    EXPECT_EQ(r.reply.lines[2].text, "234 Text beginning with numbers");
    EXPECT_EQ(r.reply.lines[1].at, at + 16);
    EXPECT_EQ(r.reply.text(), "The last line");
    EXPECT_THAT(r.broken, IsEmpty());
}

TEST(SmtpReply, ReportsCodesThatAreNone) {
    EXPECT_THAT(parse("hello\r\n").broken, ElementsAre("smtp.syntax.reply-code at 0"));
    EXPECT_EQ(parse("hello\r\n").reply.code, 0);
    EXPECT_EQ(parse("hello\r\n").reply.text(), "hello");
    EXPECT_THAT(parse("25\r\n").broken, ElementsAre("smtp.syntax.reply-code at 0"));
    EXPECT_THAT(parse("\r\n").broken, ElementsAre("smtp.syntax.reply-code at 0"));
    EXPECT_THAT(parse("199 x\r\n").broken, ElementsAre("smtp.syntax.first-digit at 0"));
    EXPECT_THAT(parse("650 x\r\n").broken, ElementsAre("smtp.syntax.first-digit at 0"));
    EXPECT_THAT(parse("260 x\r\n").broken, ElementsAre("smtp.syntax.reply-code at 1"));
    EXPECT_THAT(parse("259 x\r\n554 y\r\n").broken, ElementsAre("smtp.syntax.same-code at 7"));
}

TEST(SmtpReply, ReportsLinesOfOneReplyWithDifferentCodes) {
    const auto r = parse("250-a\r\n251-b\r\n251 c\r\n");
    EXPECT_THAT(r.broken, ElementsAre("smtp.syntax.same-code at 7"));
    EXPECT_EQ(r.reply.code, 251);
}

TEST(SmtpReply, ReportsSeparatorsAndLineEnds) {
    EXPECT_THAT(parse("250OK\r\n").broken, ElementsAre("smtp.syntax.reply-line at 3"));
    EXPECT_EQ(parse("250OK\r\n").reply.text(), "OK");
    EXPECT_THAT(parse("250\r\n").broken, ElementsAre("smtp.syntax.bare-code at 3"));
    EXPECT_THAT(parse("250 \r\n").broken, IsEmpty());
    EXPECT_THAT(parse("250-a\n250 b\r\n").broken, ElementsAre("smtp.syntax.crlf at 5"));
}

TEST(SmtpReply, ReportsControlCharacters) {
    EXPECT_THAT(parse("250 a\tb\r\n").broken, IsEmpty());
    EXPECT_THAT(parse("250 a\rb\r\n").broken, ElementsAre("smtp.syntax.text at 5"));
    EXPECT_THAT(parse(std::string_view("250 \0\r\n", 7)).broken, ElementsAre("smtp.syntax.text at 4"));
    EXPECT_THAT(parse("250 gr\xC3\xBC\xC3\x9F\r\n").broken, IsEmpty());
}

TEST(SmtpReply, ReportsOctetsThatAreNeitherAsciiNorUtf8) {
    EXPECT_THAT(parse("250 gr\xFC\xDF\r\n").broken, ElementsAre("smtp.syntax.text at 6"));
    EXPECT_THAT(parse("250 a.test \x01\x7f!\r\n", context::ehlo).broken, IsEmpty());
}

TEST(SmtpReply, CountsALineWithItsEnd) {
    EXPECT_THAT(parse("250 " + std::string(506, 'x') + "\r\n").broken, IsEmpty());
    EXPECT_THAT(parse("250 " + std::string(507, 'x') + "\r\n").broken, ElementsAre("smtp.syntax.line-length at 510"));
    EXPECT_THAT(parse("334 " + std::string(2000, 'A') + "\r\n").broken, IsEmpty());
}

TEST(SmtpReply, SaysNoMoreThanAPageOfOneReply) {
    std::string hostile;
    for (int i = 0; i < 10000; ++i) {
        hostile += "250-\x01\n";
    }
    EXPECT_EQ(parse(hostile + "250 x\r\n").broken.size(), 64u);
}

TEST(SmtpReply, WantsADomainInTheGreeting) {
    EXPECT_THAT(parse("220 163.com Anti-spam GT for Coremail System (163com[20141201])\r\n", context::greeting).broken,
                IsEmpty());
    EXPECT_THAT(parse("220 [127.0.0.1] hi\r\n", context::greeting).broken, IsEmpty());
    EXPECT_THAT(parse("220 *** hi\r\n", context::greeting).broken, ElementsAre("smtp.syntax.greeting at 4"));
    EXPECT_THAT(parse("554 no service here!\r\n", context::greeting).broken, IsEmpty());
}

TEST(SmtpReply, FindsTheKeywordWithEqualsSignThatTheNotesShow) {
    const auto r = parse("250-mail\r\n250-PIPELINING\r\n250-AUTH LOGIN PLAIN\r\n250-AUTH=LOGIN PLAIN\r\n"
                         "250-coremail 1Uxr2xKj7kG0xkI17xGrU7I0s8FY2U3Uj8Cz28x1\r\n250-STARTTLS\r\n250 8BITMIME\r\n",
                         context::ehlo);
    EXPECT_THAT(r.broken, ElementsAre("smtp.syntax.ehlo-line at 56"));
    std::vector<std::string> keywords;
    for (const auto& k : smtp::ehlo_keywords(r.reply)) {
        keywords.push_back(std::string(k.keyword) + "|" + std::string(k.parameters));
    }
    EXPECT_THAT(keywords, ElementsAre("PIPELINING|", "AUTH|LOGIN PLAIN", "AUTH=LOGIN|PLAIN",
                                      "coremail|1Uxr2xKj7kG0xkI17xGrU7I0s8FY2U3Uj8Cz28x1", "STARTTLS|", "8BITMIME|"));
}

TEST(SmtpReply, ReportsOtherBreachesOfTheEhloGrammar) {
    const auto line = [](std::string_view text) {
        return parse("250-a.example\r\n250 " + std::string(text) + "\r\n", context::ehlo).broken;
    };
    EXPECT_THAT(line("SIZE 35882577"), IsEmpty());
    EXPECT_THAT(line("X-CM-EXT-1"), IsEmpty());
    EXPECT_THAT(line("SIZE "), ElementsAre("smtp.syntax.ehlo-line at 23"));
    EXPECT_THAT(line("SIZE  1"), ElementsAre("smtp.syntax.ehlo-line at 23"));
    EXPECT_THAT(line("-SIZE"), ElementsAre("smtp.syntax.ehlo-line at 19"));
    EXPECT_THAT(line("X_Y"), ElementsAre("smtp.syntax.ehlo-line at 20"));
    EXPECT_THAT(line(""), ElementsAre("smtp.syntax.ehlo-line at 19"));
    EXPECT_THAT(parse("250 a_b\r\n", context::ehlo).broken, ElementsAre("smtp.syntax.ehlo-domain at 4"));
    EXPECT_THAT(parse("250 \r\n", context::ehlo).broken, ElementsAre("smtp.syntax.ehlo-domain at 4"));
    EXPECT_THAT(parse("250 a.example Hello you!\r\n", context::ehlo).broken, IsEmpty());
    EXPECT_THAT(parse("502 a_b\r\n", context::ehlo).broken, IsEmpty());
}

TEST(SmtpReply, GivesNoKeywordsOfANegativeAnswer) {
    EXPECT_TRUE(smtp::ehlo_keywords(parse("550-no\r\n550 SIZE\r\n", context::ehlo).reply).empty());
}

TEST(SmtpEnhancedCode, IsReadAtTheFrontOfTheText) {
    EXPECT_EQ(parse("550 5.7.1 no\r\n").reply.enhanced, (smtp::enhanced_code{5, 7, 1}));
    EXPECT_EQ(smtp::read_enhanced("2.1.255"), (smtp::enhanced_code{2, 1, 255}));
    for (const auto* text :
         {"", "2", "2.", "2.1", "2.1.", "2.1.0x", "2.1.1234", "22.1.0", "1.2.3.4 x", ".1.2", "a.b.c"}) {
        EXPECT_EQ(smtp::read_enhanced(text).klass, 0) << text;
    }
}

TEST(SmtpEnhancedCode, IsNotReadInAGreeting) {
    EXPECT_THAT(parse("220 5.1.0 x\r\n", context::greeting).reply.enhanced.klass, 0);
}

} // namespace
