#include "harness/serve/smtp/session.hpp"
#include "harness/wire/sasl/base64.hpp"

#include "tests/serve/line_dialogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mailspec::serve {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;
using testing::StartsWith;
using wire::protocol;

class SmtpSession : public testing::Test {
protected:
    SmtpSession() : alice(mail.add_account("alice", "secret")), bob(mail.add_account("bob", "word")) {}

    line_dialogue connect(protocol p = protocol::smtp, session_options o = plain_options()) {
        return line_dialogue(std::make_unique<smtp::session>(mail, p, std::move(o)));
    }

    /// Connected, greeted, and with a transaction of that recipient open.
    line_dialogue open(std::string rcpt = "<alice@mailspec.test>") {
        auto d = connect();
        d.say("EHLO client.example");
        d.say("MAIL FROM:<sender@example.org>");
        EXPECT_THAT(d.say("RCPT TO:" + rcpt), StartsWith("250 2.1.5")) << rcpt;
        return d;
    }

    static std::string only(account& a) {
        auto all = a.inbox().messages();
        EXPECT_EQ(all.size(), 1u);
        return all.empty() ? "" : *all.back().octets;
    }

    /// The answer to a message in an open transaction.
    std::string submit(std::string_view data) {
        auto d = open();
        EXPECT_THAT(d.say("DATA"), StartsWith("354 "));
        return d.raw(data);
    }

    store mail;
    account &alice, &bob;
    const std::string plain_login = wire::sasl::base64_encode(std::string("\0alice\0secret", 13));
};

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

TEST_F(SmtpSession, TakesTheNullSenderAndPostmaster) {
    auto d = connect();
    d.say("EHLO a");
    EXPECT_THAT(d.say("MAIL FROM:<>"), StartsWith("250 2.1.0"));
    EXPECT_THAT(d.say("RCPT TO:<Postmaster>"), StartsWith("250 2.1.5"));
    EXPECT_THAT(d.say("RCPT TO:<POSTMASTER@mailspec.test>"), StartsWith("250 2.1.5"));
    d.say("DATA");
    d.raw("x\r\n.\r\n");
    EXPECT_THAT(only(alice), StartsWith("Return-Path: <>\r\n"));
}

TEST_F(SmtpSession, TakesEveryFormOfAnAddress) {
    for (const auto* path : {"<\"alice\"@mailspec.test>", "<\"al\\ice\"@mailspec.test>", "<ALICE@Mailspec.Test>",
                             "<@a.example,@b.example:alice@mailspec.test>"})
        open(path);
    auto d = connect();
    d.say("EHLO a");
    for (const auto* sender : {"<e=mc2@example.com>", "<\"a b>\"@example.org>", "<a@[IPv6:::1]>", "<a@[127.0.0.1]>"}) {
        EXPECT_EQ(d.say(std::string("MAIL FROM:") + sender), std::string("250 2.1.0 sender ") + sender + " ok\r\n");
        d.say("RSET");
    }
}

TEST_F(SmtpSession, RefusesWhatIsNoAddress) {
    auto d = connect();
    d.say("EHLO a");
    for (const auto* sender :
         {"",        "a@b",    "<a@b",     "a@b>",          "<a>",         "<@b>",       "<a@>",
          "<a@b_c>", "<a@-b>", "<a@b->",   "<a@b..c>",      "<.a@b>",      "<a.@b>",     "<a..b@c>",
          "<a b@c>", "<a@[]>", "<a@[1>",   "<\"a@b>",       "<@x:>",       "<@x,y:a@b>", "<@x_:a@b>",
          " <a@b>",  "<a@b>x", "<a@b> =x", "<a@b>  SIZE=1", "<a@b> SIZE=", "<\x80@b>"})
        EXPECT_THAT(d.say(std::string("MAIL FROM:") + sender), StartsWith("501 ")) << sender;
    EXPECT_THAT(d.say("MAIL"), StartsWith("501 "));
    EXPECT_THAT(d.say("MAIL TO:<a@b>"), StartsWith("501 "));
    d.say("MAIL FROM:<a@b>");
    EXPECT_THAT(d.say("RCPT TO:<>"), StartsWith("501 "));
    EXPECT_THAT(d.say("RCPT TO:alice"), StartsWith("501 "));
}

TEST_F(SmtpSession, RefusesWhomItDoesNotServe) {
    auto d = open();
    EXPECT_THAT(d.say("RCPT TO:<nobody@mailspec.test>"), StartsWith("550 5.1.1"));
    EXPECT_THAT(d.say("RCPT TO:<alice@example.org>"), StartsWith("550 5.7.1"));
    EXPECT_THAT(d.say("RCPT TO:<alice@mailspec.test> NOTIFY=NEVER"), StartsWith("555 5.5.4"));
}

TEST_F(SmtpSession, ReadsTheParametersOfMail) {
    auto d = connect();
    d.say("EHLO a");
    auto mail_with = [&](std::string parameters) {
        auto answer = d.say("MAIL FROM:<a@b> " + parameters);
        d.say("RSET");
        return answer;
    };
    EXPECT_THAT(mail_with("SIZE=12582912 BODY=8BITMIME AUTH=<>"), StartsWith("250 2.1.0"));
    EXPECT_THAT(mail_with("size=0 body=7bit"), StartsWith("250 2.1.0"));
    EXPECT_THAT(mail_with("SIZE=33554433"), StartsWith("552 5.3.4"));
    EXPECT_THAT(mail_with("SIZE=18446744073709551617"), StartsWith("552 5.3.4"));
    EXPECT_THAT(mail_with("SIZE=1x"), StartsWith("501 5.5.4"));
    EXPECT_THAT(mail_with("SIZE=1 SIZE=1"), StartsWith("501 5.5.4"));
    EXPECT_THAT(mail_with("BODY=BINARYMIME"), StartsWith("501 5.5.4"));
    EXPECT_THAT(mail_with("XYZZY"), StartsWith("555 5.5.4"));
    d.say("HELO a");
    EXPECT_THAT(mail_with("SIZE=1"), StartsWith("555 5.5.4"));
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

TEST_F(SmtpSession, Authenticates) {
    auto d = connect();
    EXPECT_THAT(d.say("AUTH PLAIN " + plain_login), StartsWith("503 5.5.1"));
    d.say("EHLO a");
    EXPECT_EQ(d.say("auth plain"), "334 \r\n");
    EXPECT_THAT(d.say(plain_login), StartsWith("235 2.7.0"));
    EXPECT_THAT(d.say("AUTH PLAIN " + plain_login), StartsWith("503 5.5.1"));
    auto again = connect();
    again.say("EHLO a");
    EXPECT_THAT(again.say("AUTH PLAIN " + plain_login), StartsWith("235 2.7.0"));
}

TEST_F(SmtpSession, RefusesWhatIsNoAuthentication) {
    auto d = connect();
    d.say("EHLO a");
    EXPECT_THAT(d.say("AUTH"), StartsWith("501 5.5.4"));
    EXPECT_THAT(d.say("AUTH NONSENSE"), StartsWith("504 5.5.4"));
    EXPECT_THAT(d.say("AUTH PLAIN =AAA"), StartsWith("501 5.5.2"));
    EXPECT_THAT(d.say("AUTH CRAM-MD5 AAAA"), StartsWith("501 5.7.0"));
    d.say("AUTH CRAM-MD5");
    EXPECT_THAT(d.say("*"), StartsWith("501 5.7.0"));
    EXPECT_THAT(d.say("AUTH PLAIN " + wire::sasl::base64_encode(std::string("\0alice\0wrong", 12))),
                StartsWith("535 5.7.8"));
    EXPECT_THAT(d.say("AUTH PLAIN " + wire::sasl::base64_encode(std::string("bob\0alice\0secret", 16))),
                StartsWith("535 5.7.8"));
    EXPECT_THAT(d.say("AUTH PLAIN " + plain_login), StartsWith("235 "));
}

TEST_F(SmtpSession, ForgetsWhatWasSaidBeforeTls) {
    auto d = open();
    EXPECT_THAT(d.say("STARTTLS x"), StartsWith("501 5.5.4"));
    EXPECT_THAT(d.raw("STARTTLS\r\nRSET\r\n"), MatchesRegex("220 2\\.0\\.0 [^\r]*\r\n"));
    ASSERT_TRUE(d.wants_tls());
    d.tls_started();
    EXPECT_THAT(d.say("RCPT TO:<bob@mailspec.test>"), StartsWith("503 "));
    EXPECT_THAT(d.say("MAIL FROM:<a@b>"), StartsWith("503 "));
    EXPECT_THAT(d.say("EHLO a"), Not(HasSubstr("STARTTLS")));
    EXPECT_THAT(d.say("STARTTLS"), StartsWith("503 5.5.1"));
    d.say("AUTH PLAIN " + plain_login);
    d.say("MAIL FROM:<a@b>");
    d.say("RCPT TO:<bob@mailspec.test>");
    d.say("DATA");
    d.raw(".\r\n");
    EXPECT_THAT(only(bob), HasSubstr("with ESMTPSA id"));
}

TEST_F(SmtpSession, WantsAuthenticationForSubmission) {
    auto d = connect(protocol::submission);
    d.say("EHLO a");
    EXPECT_THAT(d.say("MAIL FROM:<alice@mailspec.test>"), StartsWith("530 5.7.0"));
    d.say("AUTH PLAIN " + plain_login);
    EXPECT_THAT(d.say("MAIL FROM:<alice@mailspec.test>"), StartsWith("250 "));
    EXPECT_THAT(d.say("RCPT TO:<x@example.org>"), StartsWith("550 "));
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
