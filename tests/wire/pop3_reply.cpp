#include "harness/rfc/catalogue.hpp"
#include "harness/wire/pop3/reply.hpp"

#include "tests/wire/cut_frames.hpp"

#include <gmock/gmock.h>

namespace {

using namespace mailspec;
using namespace mailspec::wire;
using pop3::frame_reader;
using pop3::status;
using shape = frame_reader::shape;
using testing::ElementsAre;
using testing::IsEmpty;

frame_reader reader(shape s, limits most = {}) {
    frame_reader made(most);
    made.expect(s);
    return made;
}

struct parsed {
    pop3::reply reply;
    std::vector<std::string> broken; ///< "id at offset"
};

constexpr std::uint64_t at = 1000;

parsed parse(std::string_view frame, shape s = shape::single_line, std::uint64_t from = at) {
    parsed p;
    std::vector<rfc::finding> findings;
    pop3::parse(frame, from, s, p.reply, findings);
    for (const auto& f : findings) {
        p.broken.push_back(std::string(f.broken->id) + " at " + std::to_string(f.at - from));
    }
    return p;
}

constexpr auto multi = shape::multi_line_if_ok;

TEST(Pop3FrameReader, EndsASingleLineReplyAtItsLine) {
    const auto r = test::frame_however_cut(reader(shape::single_line), "+OK ready\r\n-ERR no\r\n+ abc=\r\n+O");
    EXPECT_THAT(r.frames, ElementsAre("+OK ready\r\n", "-ERR no\r\n", "+ abc=\r\n"));
    EXPECT_EQ(r.left, "+O");
}

TEST(Pop3FrameReader, ReadsThePayloadUpToTheLoneDot) {
    const auto r = test::frame_however_cut(reader(multi), "+OK 2\r\n1 10\r\n..\r\n.\r\n+OK\r\n.\r\n-ERR none\r\n");
    EXPECT_THAT(r.frames, ElementsAre("+OK 2\r\n1 10\r\n..\r\n.\r\n", "+OK\r\n.\r\n", "-ERR none\r\n"));
}

TEST(Pop3FrameReader, TakesALoneFeedAsLineEndOnlyFromAServerThatEndsItsStatusLineSo) {
    EXPECT_THAT(test::frame_however_cut(reader(multi), "+OK\na\n.\n+OK\r\n.\nb\r\n.\r\n").frames,
                ElementsAre("+OK\na\n.\n", "+OK\r\n.\nb\r\n.\r\n"));
}

TEST(Pop3FrameReader, FaultsAtTheLimitWhenAMultiLineAnswerNeverEnds) {
    std::string endless = "+OK\r\n";
    for (int i = 0; i < 20; ++i) {
        endless += "line\r\n";
    }
    const auto r = test::frame_however_cut(reader(multi, {50, 100}), endless);
    EXPECT_EQ(r.why, fault::response_too_long);
    EXPECT_THAT(r.frames, IsEmpty());
}

TEST(Pop3FrameReader, FaultsAtTheLimitWhenALineNeverEnds) {
    EXPECT_EQ(test::frame_however_cut(reader(multi, {50, 100}), std::string(60, 'x')).why, fault::line_too_long);
    EXPECT_EQ(test::frame_however_cut(reader(multi, {50, 20}), std::string(60, 'x')).why, fault::response_too_long);
}

TEST(Pop3Reply, ReadsStatusAndText) {
    const auto ok = parse("+OK 67 3603306\r\n");
    EXPECT_EQ(ok.reply.what, status::ok);
    EXPECT_EQ(ok.reply.text, "67 3603306");
    EXPECT_EQ(ok.reply.at, at);
    EXPECT_THAT(ok.broken, IsEmpty());
    const auto err = parse("-ERR\r\n");
    EXPECT_EQ(err.reply.what, status::err);
    EXPECT_EQ(err.reply.text, "");
    EXPECT_THAT(err.broken, IsEmpty());
}

TEST(Pop3Reply, ReadsResponseCodes) {
    const auto r = parse("-ERR [IN-USE] Do you have another POP session running?\r\n");
    EXPECT_EQ(r.reply.code, "IN-USE");
    EXPECT_EQ(r.reply.text, "Do you have another POP session running?");
    EXPECT_EQ(parse("-ERR [SYS/TEMP]\r\n").reply.code, "SYS/TEMP");
    EXPECT_THAT(r.broken, IsEmpty());
}

TEST(Pop3Reply, TakesWhatOnlyLooksLikeAResponseCodeForText) {
    for (const auto* line :
         {"-ERR [IN-USE no\r\n", "-ERR [] no\r\n", "-ERR [/A] x\r\n", "-ERR [A//B] x\r\n", "-ERR [A B] x\r\n"}) {
        const auto r = parse(line);
        EXPECT_THAT(r.broken, IsEmpty()) << line;
        EXPECT_EQ(r.reply.code, "");
        EXPECT_TRUE(r.reply.text.starts_with('['));
    }
}

TEST(Pop3Reply, ReportsWhatDepartsFromTheStatusLine) {
    EXPECT_THAT(parse("+ok fine\r\n").broken, ElementsAre("pop3.syntax.status-upper-case at 0"));
    EXPECT_EQ(parse("+ok fine\r\n").reply.what, status::ok);
    EXPECT_THAT(parse("-Err\r\n").broken, ElementsAre("pop3.syntax.status-upper-case at 0"));
    EXPECT_THAT(parse("+OKfine\r\n").broken, ElementsAre("pop3.syntax.single-line at 3"));
    EXPECT_THAT(parse("+OK\n").broken, ElementsAre("pop3.syntax.crlf at 3"));
    EXPECT_THAT(parse("* OK IMAP4rev1\r\n").broken, ElementsAre("pop3.syntax.status at 0"));
    EXPECT_EQ(parse("220 hello\r\n").reply.what, status::malformed);
    EXPECT_EQ(parse("220 hello\r\n").reply.text, "220 hello");
    EXPECT_THAT(parse("\r\n").broken, ElementsAre("pop3.syntax.status at 0"));
    EXPECT_THAT(parse(std::string_view("+OK a\0b\r\n", 9)).broken, ElementsAre("pop3.syntax.text at 5"));
}

TEST(Pop3Reply, LetsAGreetingGoWithoutSpace) {
    EXPECT_THAT(parse("+OK<1896.697170952@dbc.mtview.ca.us>\r\n", shape::single_line, 0).broken, IsEmpty());
}

TEST(Pop3Reply, CountsTheFirstLineWithItsEnd) {
    const std::string text(512 - 6, 'x');
    EXPECT_THAT(parse("+OK " + text + "\r\n").broken, IsEmpty());
    EXPECT_THAT(parse("+OK x" + text + "\r\n").broken, ElementsAre("pop3.syntax.line-length at 510"));
}

TEST(Pop3Reply, ReadsChallenges) {
    EXPECT_EQ(parse("+ \r\n").reply.what, status::continuation);
    EXPECT_THAT(parse("+ \r\n").broken, IsEmpty());
    EXPECT_EQ(parse("+ dXNlcm5hbWU6\r\n").reply.text, "dXNlcm5hbWU6");
    EXPECT_THAT(parse("+\r\n").broken, ElementsAre("pop3.syntax.challenge at 0"));
    EXPECT_THAT(parse("+ Username:\r\n").broken, ElementsAre("pop3.syntax.challenge-base64 at 2"));
    EXPECT_THAT(parse("+ " + std::string(2000, 'A') + "\r\n").broken, IsEmpty());
}

TEST(Pop3Reply, GivesThePayloadAsItStandsWhereNothingIsStuffed) {
    const std::string frame = "+OK\r\n1 10\r\n2 20\r\n.\r\n";
    const auto r = parse(frame, multi);
    EXPECT_TRUE(r.reply.multi_line);
    EXPECT_EQ(r.reply.payload, "1 10\r\n2 20\r\n");
    EXPECT_EQ(r.reply.payload.data(), frame.data() + 5);
    EXPECT_THAT(r.broken, IsEmpty());
}

TEST(Pop3Reply, UndoesTheDotStuffing) {
    const auto r = parse("+OK\r\na\r\n..b\r\n...\r\n..\r\nc.\r\n.\r\n", multi);
    EXPECT_EQ(r.reply.payload, "a\r\n.b\r\n..\r\n.\r\nc.\r\n");
    EXPECT_THAT(r.broken, IsEmpty());
}

TEST(Pop3Reply, KeepsAStuffedPayloadWhenItIsMoved) {
    auto first = parse("+OK\r\n..\r\n.\r\n", multi);
    const auto moved = std::move(first.reply);
    EXPECT_EQ(moved.payload, ".\r\n");
}

TEST(Pop3Reply, ReportsALineThatShouldHaveBeenStuffed) {
    const auto r = parse("+OK\r\n.b\r\n.c\r\n.\r\n", multi);
    EXPECT_THAT(r.broken, ElementsAre("pop3.syntax.dot-stuffing at 5"));
    EXPECT_EQ(r.reply.payload, "b\r\nc\r\n");
}

TEST(Pop3Reply, ReportsLoneFeedsAndNulInThePayloadOnce) {
    const auto r = parse(std::string_view("+OK\r\na\nb\nc\0\r\n.\r\n", 16), multi);
    EXPECT_THAT(r.broken, ElementsAre("pop3.syntax.payload-crlf at 6", "pop3.syntax.payload-octets at 10"));
}

TEST(Pop3Reply, HasNoPayloadWhenItIsNegative) {
    const auto r = parse("-ERR no such message\r\n", multi);
    EXPECT_FALSE(r.reply.multi_line);
    EXPECT_EQ(r.reply.payload, "");
}

TEST(Pop3Reply, IsReusedWithoutARestOfTheOneBefore) {
    pop3::reply reply;
    std::vector<rfc::finding> findings;
    pop3::parse("-ERR [A] b\r\n", 0, multi, reply, findings);
    pop3::parse("+OK\r\n..\r\n.\r\n", 20, multi, reply, findings);
    EXPECT_EQ(reply.code, "");
    pop3::parse("+OK\r\n", 40, shape::single_line, reply, findings);
    EXPECT_EQ(reply.payload, "");
    EXPECT_FALSE(reply.multi_line);
    EXPECT_THAT(findings, IsEmpty());
}

TEST(Pop3Commands, KnowWhichOfThemAreAnsweredByManyLines) {
    for (const auto* line : {"LIST", "uidl", "RETR 1", "TOP 1 0", "CAPA", "LIST ", "LANG"}) {
        EXPECT_TRUE(pop3::answers_multi_line(line)) << line;
    }
    for (const auto* line : {"LIST 1", "UIDL 2", "STAT", "NOOP", "", "RETRX 1", "LANG de"}) {
        EXPECT_FALSE(pop3::answers_multi_line(line)) << line;
    }
}

TEST(Pop3Capabilities, AreTagAndArguments) {
    const auto all = pop3::capabilities("TOP\r\nSASL CRAM-MD5 PLAIN\r\nEXPIRE 5 USER\r\n");
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all[0].tag, "TOP");
    EXPECT_EQ(all[0].arguments, "");
    EXPECT_EQ(all[1].tag, "SASL");
    EXPECT_EQ(all[1].arguments, "CRAM-MD5 PLAIN");
    EXPECT_EQ(all[2].arguments, "5 USER");
}

} // namespace
