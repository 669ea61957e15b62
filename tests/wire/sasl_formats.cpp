#include "harness/wire/sasl/base64.hpp"
#include "harness/wire/sasl/digest.hpp"
#include "harness/wire/sasl/oauth.hpp"

#include <gtest/gtest.h>

namespace {

using namespace mailspec::wire::sasl;

TEST(SaslDigest, AnswersTheChallengeOfRfc2195) {
    EXPECT_EQ(cram_md5("tim", "tanstaaftanstaaf", "<1896.697170952@postoffice.reston.mci.net>"),
              "tim b913a602c7eda7a495b4e6e7334d3890");
}

TEST(SaslDigest, AnswersTheGreetingOfRfc1939) {
    const auto stamp = apop_timestamp("POP3 server ready <1896.697170952@dbc.mtview.ca.us>");
    EXPECT_EQ(stamp, "<1896.697170952@dbc.mtview.ca.us>");
    EXPECT_EQ(apop_digest(stamp, "tanstaaf"), "c4c9334bac560ecc979e58001b3e22fb");
    for (const auto* none : {"", "ready", "<a", "a>", "<none>", "<a b@c>", "> <"}) {
        EXPECT_EQ(apop_timestamp(none), "") << none;
    }
}

TEST(SaslOauth, ReadsBackWhatItWrites) {
    const bearer b{"a=b,c@x", "tok", "h", 993};
    const auto read = read_oauthbearer(write_oauthbearer(b));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->user, b.user);
    EXPECT_EQ(read->token, b.token);
    EXPECT_EQ(read->host, b.host);
    EXPECT_EQ(read->port, b.port);
    EXPECT_EQ(read_xoauth2(write_xoauth2(b))->token, b.token);
}

TEST(SaslOauth, RefusesWhatBreaksTheGrammar) {
    for (const std::string_view bad : {"", "n,", "n,,", "n,,\x01", "n,,\x01\x01",
                                       "x,,\x01"
                                       "auth=Bearer t\x01\x01",
                                       "n,a==,\x01"
                                       "auth=Bearer t\x01\x01",
                                       "n,,\x01"
                                       "auth=Bearer t\x01",
                                       "n,,\x01port=1x\x01"
                                       "auth=Bearer t\x01\x01",
                                       "n,,\x01"
                                       "auth=Basic t\x01\x01"}) {
        EXPECT_FALSE(read_oauthbearer(bad)) << bad;
    }
    EXPECT_FALSE(read_xoauth2("user=a\x01\x01"));
}

TEST(SaslBase64, ReadsWhatItWritesAndNothingElse) {
    std::string all;
    for (int i = 0; i < 256; ++i) {
        EXPECT_EQ(base64_decode(base64_encode(all)), all);
        all += static_cast<char>(i);
    }
    for (const std::string_view bad :
         {"=AAA", "AAA=BBB", "QUI", "QU JD", "QUJD\n", "QUJD\r\n", "QU=D", "****", "QQ==QQ==", "a===", "===="}) {
        EXPECT_FALSE(base64_decode(bad)) << bad;
    }
}

} // namespace
