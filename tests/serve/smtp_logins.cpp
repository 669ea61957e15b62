#include "tests/serve/smtp_test.hpp"

namespace mailspec::serve {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;
using testing::StartsWith;
using wire::protocol;

using SmtpLogins = smtp_test;

TEST_F(SmtpLogins, Authenticates) {
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

TEST_F(SmtpLogins, RefusesWhatIsNoAuthentication) {
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

TEST_F(SmtpLogins, ForgetsWhatWasSaidBeforeTls) {
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

TEST_F(SmtpLogins, WantsAuthenticationForSubmission) {
    auto d = connect(protocol::submission);
    d.say("EHLO a");
    EXPECT_THAT(d.say("MAIL FROM:<alice@mailspec.test>"), StartsWith("530 5.7.0"));
    d.say("AUTH PLAIN " + plain_login);
    EXPECT_THAT(d.say("MAIL FROM:<alice@mailspec.test>"), StartsWith("250 "));
    EXPECT_THAT(d.say("RCPT TO:<x@example.org>"), StartsWith("550 "));
}

} // namespace
} // namespace mailspec::serve
