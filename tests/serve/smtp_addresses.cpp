#include "tests/serve/smtp_test.hpp"

namespace mailspec::serve {
namespace {

using testing::StartsWith;

using SmtpAddresses = smtp_test;

TEST_F(SmtpAddresses, TakesTheNullSenderAndPostmaster) {
    auto d = connect();
    d.say("EHLO a");
    EXPECT_THAT(d.say("MAIL FROM:<>"), StartsWith("250 2.1.0"));
    EXPECT_THAT(d.say("RCPT TO:<Postmaster>"), StartsWith("250 2.1.5"));
    EXPECT_THAT(d.say("RCPT TO:<POSTMASTER@mailspec.test>"), StartsWith("250 2.1.5"));
    d.say("DATA");
    d.raw("x\r\n.\r\n");
    EXPECT_THAT(only(alice), StartsWith("Return-Path: <>\r\n"));
}

TEST_F(SmtpAddresses, TakesEveryFormOfAnAddress) {
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

TEST_F(SmtpAddresses, RefusesWhatIsNoAddress) {
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

TEST_F(SmtpAddresses, RefusesWhomItDoesNotServe) {
    auto d = open();
    EXPECT_THAT(d.say("RCPT TO:<nobody@mailspec.test>"), StartsWith("550 5.1.1"));
    EXPECT_THAT(d.say("RCPT TO:<alice@example.org>"), StartsWith("550 5.7.1"));
    EXPECT_THAT(d.say("RCPT TO:<alice@mailspec.test> NOTIFY=NEVER"), StartsWith("555 5.5.4"));
}

TEST_F(SmtpAddresses, ReadsTheParametersOfMail) {
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

} // namespace
} // namespace mailspec::serve
