#include "harness/wire/sasl/base64.hpp"
#include "harness/wire/sasl/digest.hpp"

#include "tests/serve/pop3_test.hpp"

namespace mailspec::serve {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;
using testing::StartsWith;

using Pop3Logins = pop3_test;

TEST_F(Pop3Logins, OpensTheMaildropForTheRightPasswordOnly) {
    auto d = connect();
    EXPECT_THAT(d.say("PASS secret words"), StartsWith("-ERR"));
    EXPECT_THAT(d.say("user alice"), StartsWith("+OK"));
    EXPECT_THAT(d.say("PASS wrong"), StartsWith("-ERR"));
    EXPECT_THAT(d.say("PASS secret words"), StartsWith("-ERR"));
    EXPECT_THAT(d.say("USER nobody"), StartsWith("+OK"));
    EXPECT_THAT(d.say("PASS secret words"), StartsWith("-ERR"));
    EXPECT_FALSE(alice.maildrop_locked);
    EXPECT_THAT(d.say("USER alice@mailspec.test"), StartsWith("+OK"));
    EXPECT_THAT(d.say("PASS secret words"), StartsWith("+OK"));
    EXPECT_TRUE(alice.maildrop_locked);
}

TEST_F(Pop3Logins, WantsPassRightAfterUser) {
    auto d = connect();
    d.say("USER alice");
    d.say("CAPA");
    EXPECT_THAT(d.say("PASS secret words"), StartsWith("-ERR"));
}

TEST_F(Pop3Logins, OpensTheMaildropForTheRightDigest) {
    auto d = connect();
    auto stamp = d.greeting().substr(d.greeting().find('<'));
    stamp.resize(stamp.size() - 2);
    EXPECT_THAT(d.say("APOP alice c4c9334bac560ecc979e58001b3e22fb"), StartsWith("-ERR"));
    EXPECT_THAT(d.say("APOP alice " + wire::sasl::apop_digest(stamp, "secret words")), StartsWith("+OK"));
}

TEST_F(Pop3Logins, AuthenticatesWithAndWithoutInitialResponse) {
    auto response = wire::sasl::base64_encode(std::string("\0alice\0secret words", 19));
    {
        auto d = connect();
        EXPECT_THAT(d.say("AUTH PLAIN " + response), StartsWith("+OK"));
        EXPECT_THAT(d.say("AUTH PLAIN " + response), StartsWith("-ERR"));
    }
    auto d = connect();
    EXPECT_EQ(d.say("auth plain"), "+ \r\n");
    EXPECT_THAT(d.say(response), StartsWith("+OK"));
    EXPECT_THAT(d.say("STAT"), StartsWith("+OK"));
}

TEST_F(Pop3Logins, PromptsForLogin) {
    auto d = connect();
    EXPECT_EQ(d.say("AUTH LOGIN"), "+ VXNlcm5hbWU6\r\n");
    EXPECT_EQ(d.say(wire::sasl::base64_encode("alice")), "+ UGFzc3dvcmQ6\r\n");
    EXPECT_THAT(d.say(wire::sasl::base64_encode("secret words")), StartsWith("+OK"));
}

TEST_F(Pop3Logins, RefusesWhatIsNoAuthentication) {
    auto d = connect();
    EXPECT_THAT(d.say("AUTH"), StartsWith("-ERR"));
    EXPECT_THAT(d.say("AUTH NONSENSE"), StartsWith("-ERR"));
    EXPECT_THAT(d.say("AUTH PLAIN AAA=BBB"), StartsWith("-ERR"));
    EXPECT_THAT(d.say("AUTH CRAM-MD5 AAAA"), StartsWith("-ERR"));
    d.say("AUTH PLAIN");
    EXPECT_THAT(d.say("*"), StartsWith("-ERR"));
    d.say("AUTH PLAIN");
    EXPECT_THAT(d.say("!"), StartsWith("-ERR"));
    EXPECT_THAT(d.say("AUTH PLAIN " + wire::sasl::base64_encode(std::string("\0alice\0wrong", 12))),
                StartsWith("-ERR"));
    EXPECT_THAT(d.say("STAT"), StartsWith("-ERR"));
}

TEST_F(Pop3Logins, ForgetsWhatWasSaidBeforeTls) {
    auto d = connect();
    d.say("USER alice");
    EXPECT_THAT(d.raw("STLS\r\nUSER alice\r\n"), MatchesRegex("\\+OK [^\r]*\r\n"));
    ASSERT_TRUE(d.wants_tls());
    d.tls_started();
    EXPECT_THAT(d.say("PASS secret words"), StartsWith("-ERR"));
    EXPECT_THAT(d.say("STLS"), StartsWith("-ERR"));
    EXPECT_THAT(d.say("CAPA"), Not(HasSubstr("STLS")));
}

} // namespace
} // namespace mailspec::serve
