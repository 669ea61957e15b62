#include "tests/serve/smtp_test.hpp"

namespace mailspec::serve {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;
using testing::StartsWith;
using wire::protocol;

using SmtpSession = smtp_test;

TEST_F(SmtpSession, GreetsByItsProtocol) {
    EXPECT_THAT(connect().greeting(), StartsWith("220 mailspec.test ESMTP"));
    EXPECT_THAT(connect(protocol::lmtp).greeting(), StartsWith("220 mailspec.test LMTP"));
}

TEST_F(SmtpSession, AnnouncesWhatItHas) {
    auto d = connect();
    auto keywords = d.say("EHLO [127.0.0.1]");
    EXPECT_THAT(keywords, StartsWith("250-mailspec.test\r\n"));
    for (const auto* k :
         {"250-PIPELINING\r\n", "250-SIZE 12582912\r\n", "250-8BITMIME\r\n", "250-ENHANCEDSTATUSCODES\r\n",
          "250-STARTTLS\r\n", "250-AUTH ", "250-EXPN\r\n", "250 HELP\r\n"})
        EXPECT_THAT(keywords, HasSubstr(k));
    auto plain = plain_options();
    plain.starttls = session_options::tls::unavailable;
    EXPECT_THAT(connect(protocol::smtp, plain).say("EHLO a"), Not(HasSubstr("STARTTLS")));
    EXPECT_EQ(d.say("HELO client.example"), "250 mailspec.test\r\n");
}

TEST_F(SmtpSession, DeliversTheSubmittedOctetsBelowItsTraceLines) {
    EXPECT_THAT(submit("Subject: x\r\n\r\n..\r\n..a\r\n.b\r\n\x80 8 bit\r\n.\r\n"), StartsWith("250 2.0.0 "));
    EXPECT_THAT(only(alice), MatchesRegex("Return-Path: <sender@example.org>\r\n"
                                          "Received: from client\\.example \\(\\[127\\.0\\.0\\.1\\]\\)\r\n"
                                          "\tby mailspec\\.test with ESMTP id [0-9A-F]+\r\n"
                                          "\tfor <alice@mailspec\\.test>;\r\n"
                                          "\tSun, 22 Nov 2026 23:04:12 \\+0000\r\n"
                                          "Subject: x\r\n\r\n\\.\r\n\\.a\r\nb\r\n\x80 8 bit\r\n"));
}

TEST_F(SmtpSession, DeliversToEachRecipientOnceAndNamesNoneOfSeveral) {
    auto d = open();
    d.say("RCPT TO:<bob@MAILSPEC.test>");
    d.say("RCPT TO:<Alice@mailspec.test>");
    d.say("DATA");
    EXPECT_THAT(d.raw("Subject: x\r\n\r\n.\r\n"), MatchesRegex("250 2\\.0\\.0 [^\r]*\r\n"));
    EXPECT_THAT(only(alice), Not(HasSubstr("for <")));
    EXPECT_EQ(only(alice), only(bob));
}

TEST_F(SmtpSession, WantsItsCommandsInOrder) {
    auto d = connect();
    EXPECT_THAT(d.say("MAIL FROM:<a@b>"), StartsWith("503 5.5.1"));
    EXPECT_THAT(d.say("EHLO"), StartsWith("501 "));
    EXPECT_THAT(d.say("EHLO a_b"), StartsWith("501 "));
    EXPECT_THAT(d.say("MAIL FROM:<a@b>"), StartsWith("503 5.5.1"));
    d.say("EHLO a");
    EXPECT_THAT(d.say("RCPT TO:<alice@mailspec.test>"), StartsWith("503 5.5.1"));
    EXPECT_THAT(d.say("DATA"), StartsWith("503 5.5.1"));
    d.say("MAIL FROM:<a@b>");
    EXPECT_THAT(d.say("MAIL FROM:<a@b>"), StartsWith("503 5.5.1"));
    EXPECT_THAT(d.say("AUTH PLAIN " + plain_login), StartsWith("503 5.5.1"));
    EXPECT_THAT(d.say("DATA"), StartsWith("554 5.5.1"));
    EXPECT_THAT(d.say("RCPT TO:<alice@mailspec.test>"), StartsWith("250 "));
}

TEST_F(SmtpSession, ForgetsTheTransactionAtRsetEhloAndTheEndOfData) {
    for (const auto* reset : {"RSET", "EHLO a", "HELO a"}) {
        auto d = open();
        EXPECT_THAT(d.say(reset), StartsWith("250")) << reset;
        EXPECT_THAT(d.say("RCPT TO:<bob@mailspec.test>"), StartsWith("503 ")) << reset;
    }
    auto d = open();
    d.say("EHLO a b");
    EXPECT_THAT(d.say("RCPT TO:<bob@mailspec.test>"), StartsWith("250 ")) << "a refused EHLO changes nothing";
    d.say("DATA");
    d.raw(".\r\n");
    EXPECT_THAT(d.say("RCPT TO:<bob@mailspec.test>"), StartsWith("503 "));
    EXPECT_THAT(d.say("MAIL FROM:<a@b>"), StartsWith("250 "));
}

TEST_F(SmtpSession, AnswersTheCommandsOfEveryState) {
    auto d = connect();
    EXPECT_THAT(d.say("NOOP"), StartsWith("250 2.0.0"));
    EXPECT_THAT(d.say("noop whatever"), StartsWith("250 2.0.0"));
    EXPECT_THAT(d.say("RSET"), StartsWith("250 2.0.0"));
    EXPECT_THAT(d.say("RSET x"), StartsWith("501 5.5.4"));
    EXPECT_THAT(d.say("VRFY alice"), StartsWith("250 2.1.5 <alice@mailspec.test>"));
    EXPECT_THAT(d.say("VRFY <bob@mailspec.test>"), StartsWith("250 2.1.5"));
    EXPECT_THAT(d.say("VRFY nobody"), StartsWith("550 5.1.1"));
    EXPECT_THAT(d.say("VRFY"), StartsWith("501 5.5.4"));
    EXPECT_THAT(d.say("EXPN alice"), StartsWith("250 2.1.5 <alice@mailspec.test>"));
    EXPECT_THAT(d.say("EXPN list"), StartsWith("550 5.1.1"));
    EXPECT_THAT(d.say("EXPN"), StartsWith("501 5.5.4"));
    EXPECT_THAT(d.say("HELP"), MatchesRegex("214 2\\.0\\.0 [^\r]*\r\n"));
    EXPECT_THAT(d.say("XYZZY"), StartsWith("500 5.5.1"));
    EXPECT_THAT(d.say(""), StartsWith("500 5.5.1"));
    EXPECT_THAT(d.say("LHLO a"), StartsWith("500 5.5.1"));
    EXPECT_THAT(d.say("QUIT"), StartsWith("221 2.0.0"));
    EXPECT_TRUE(d.is_closed());
}

TEST_F(SmtpSession, EndsDataAtCrlfDotCrlfOnlyAndRefusesBareLineEnds) {
    for (const auto* data : {"a\n.\nb\r\n.\r\n", "a\r\n.\nb\r\n.\r\n", "a\n.\r\nb\r\n.\r\n", "a\r.\r\nb\r\n.\r\n",
                             "a\r\n.\rb\r\n.\r\n", "a\r\n.\r\r\n.\r\n", "\n.\r\n\r\n.\r\n", ".\n\r\n.\r\n"})
        EXPECT_THAT(submit(data), MatchesRegex("554 5\\.6\\.0 [^\r]*\r\n")) << testing::PrintToString(data);
    EXPECT_TRUE(alice.inbox().messages().empty());
    EXPECT_THAT(submit("\r\n..\r\n.\r\n"), StartsWith("250 "));
    EXPECT_TRUE(only(alice).ends_with("+0000\r\n\r\n.\r\n"));
}

TEST_F(SmtpSession, DeliversNothingOfAnEmptyMessageButItsTrace) {
    EXPECT_THAT(submit(".\r\n"), StartsWith("250 "));
    EXPECT_TRUE(only(alice).ends_with("+0000\r\n"));
}

TEST_F(SmtpSession, RefusesAMessageThatIsTooLargeAtItsEnd) {
    auto d = open();
    d.say("DATA");
    const std::string piece(1u << 20, 'x');
    for (int i = 0; i < 33; ++i)
        ASSERT_EQ(d.raw(piece), "");
    EXPECT_THAT(d.raw("\r\n.\r\nNOOP\r\n"), MatchesRegex("552 5\\.3\\.4 [^\r]*\r\n250 [^\r]*\r\n"));
    EXPECT_TRUE(alice.inbox().messages().empty());
}

TEST_F(SmtpSession, RefusesLinesThatAreTooLongOrHoldLineEnds) {
    auto d = connect();
    EXPECT_THAT(d.say("NOOP " + std::string(20000, 'x')), StartsWith("500 5.5.2"));
    EXPECT_EQ(d.raw("MAIL FROM:<a@b>\nRSET\n"), "");
    EXPECT_THAT(d.say(""), MatchesRegex("500 5\\.5\\.2 [^\r]*\r\n"));
    EXPECT_THAT(d.say("NO\rOP"), StartsWith("500 5.5.2"));
    EXPECT_THAT(d.say("NOOP"), StartsWith("250 "));
    d.say("EHLO a");
    d.say("AUTH PLAIN");
    EXPECT_THAT(d.say(std::string(20000, 'x')), StartsWith("500 5.5.6"));
    EXPECT_THAT(d.say("NOOP"), StartsWith("250 "));
}

TEST_F(SmtpSession, RepliesToEachRecipientInLmtp) {
    auto d = connect(protocol::lmtp);
    EXPECT_THAT(d.say("EHLO a"), StartsWith("500 5.5.1"));
    EXPECT_THAT(d.say("HELO a"), StartsWith("500 5.5.1"));
    EXPECT_THAT(d.say("LHLO a"), HasSubstr("250-PIPELINING\r\n"));
    d.say("MAIL FROM:<a@b>");
    EXPECT_THAT(d.say("DATA"), StartsWith("503 "));
    d.say("RCPT TO:<alice@mailspec.test>");
    EXPECT_THAT(d.say("RCPT TO:<nobody@mailspec.test>"), StartsWith("550 5.1.1"));
    d.say("RCPT TO:<bob@mailspec.test>");
    d.say("RCPT TO:<bob@mailspec.test>");
    d.say("DATA");
    EXPECT_THAT(d.raw("x: y\r\n\r\n.\r\n"), MatchesRegex("(250 2\\.0\\.0 [^\r]*\r\n){3}"));
    EXPECT_THAT(only(bob), HasSubstr("with LMTP id"));
    d.say("MAIL FROM:<a@b>");
    d.say("RCPT TO:<alice@mailspec.test>");
    d.say("RCPT TO:<bob@mailspec.test>");
    d.say("DATA");
    EXPECT_THAT(d.raw("x\n\r\n.\r\n"), MatchesRegex("(554 5\\.6\\.0 [^\r]*\r\n){2}"));
}

TEST_F(SmtpSession, AnswersTheSameHoweverTheBytesAreCut) {
    const std::string said = "EHLO a\r\nAUTH PLAIN\r\n" + plain_login +
                             "\r\nMAIL FROM:<a@b>\r\nRCPT TO:<alice@mailspec.test>\r\nRCPT TO:<x@y>\r\nDATA\r\n"
                             "a: b\r\n\r\n..x\r\n.\r\nMAIL FROM:<a@b>\r\nRCPT TO:<bob@mailspec.test>\r\nDATA\r\n"
                             "a\n.\n\r\n.\r\nNO\nOP\r\nRSET\r\nQUIT\r\n";
    auto without_id = [](std::string answer) {
        auto id = answer.find("delivered as ");
        EXPECT_NE(id, answer.npos);
        return answer.erase(id, answer.find('\r', id) - id);
    };
    const auto whole = without_id(connect().raw(said));
    EXPECT_THAT(whole, HasSubstr("\r\n554 5.6.0"));
    for (std::size_t cut = 0; cut <= said.size(); ++cut) {
        auto d = connect();
        auto answer = d.raw(said.substr(0, cut));
        answer += d.raw(said.substr(cut));
        ASSERT_EQ(without_id(answer), whole) << "cut at " << cut;
        ASSERT_TRUE(d.is_closed());
        ASSERT_TRUE(alice.inbox().messages().back().octets->ends_with("+0000\r\na: b\r\n\r\n.x\r\n"));
    }
    EXPECT_TRUE(bob.inbox().messages().empty());
}

} // namespace
} // namespace mailspec::serve
