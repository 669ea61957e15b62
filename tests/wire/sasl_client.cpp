#include "harness/wire/sasl/base64.hpp"

#include "tests/wire/sasl_parties.hpp"

#include <gtest/gtest.h>

namespace {

using namespace mailspec::wire::sasl;

TEST(SaslClient, SaysWhichMechanismsThereAre) {
    const auto made = client::start("DIGEST-MD5", alice());
    EXPECT_EQ(std::get<std::string>(made),
              "No such SASL mechanism here; there are SCRAM-SHA-256, SCRAM-SHA-1, CRAM-MD5, PLAIN, LOGIN, "
              "OAUTHBEARER, XOAUTH2.");
}

TEST(SaslClient, SaysWhatIsMissing) {
    EXPECT_EQ(std::get<std::string>(client::start("PLAIN", {})), "PLAIN needs a user name.");
    EXPECT_EQ(std::get<std::string>(client::start("XOAUTH2", {"alice", {}, {}, {}, {}, 0})), "XOAUTH2 needs a token.");
}

TEST(SaslClient, RefusesNulInNameOrSecret) {
    auto who = alice();
    who.password = std::string("a\0b", 3);
    EXPECT_EQ(std::get<std::string>(client::start("PLAIN", who)),
              "PLAIN: a NUL octet stands in the user name or secret.");
}

TEST(SaslClient, SaysWhenAChallengeIsNotBase64) {
    auto c = start_client("CRAM-MD5", alice());
    EXPECT_EQ(c.step_base64("=AAA").fault, "The server's challenge is not base64.");
}

TEST(SaslClient, WritesPlainAsRfc4616Does) {
    EXPECT_EQ(start_client("PLAIN", {"tim", "tanstaaftanstaaf", {}, {}, {}, 0}).initial_response(),
              std::string("\0tim\0tanstaaftanstaaf", 21));
    EXPECT_EQ(start_client("PLAIN", {"Kurt", "xipj3plmq", {}, "Ursel", {}, 0}).initial_response(),
              std::string("Ursel\0Kurt\0xipj3plmq", 20));
}

TEST(SaslClient, AnswersLoginsPromptsAsTheNotesShow) {
    auto c = start_client("LOGIN", {"alice@163.com", "alice-secret", {}, {}, {}, 0});
    EXPECT_FALSE(c.initial_response());
    EXPECT_EQ(base64_encode(c.step_base64("dXNlcm5hbWU6").octets), "YWxpY2VAMTYzLmNvbQ==");
    EXPECT_FALSE(c.done());
    EXPECT_EQ(base64_encode(c.step_base64("UGFzc3dvcmQ6").octets), "YWxpY2Utc2VjcmV0");
    EXPECT_TRUE(c.done());
}

TEST(SaslClient, WritesOauthbearerAsRfc7628Does) {
    const auto c = start_client(
        "OAUTHBEARER",
        {"user@example.com", {}, "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==", {}, "server.example.com", 143});
    EXPECT_EQ(base64_encode(*c.initial_response()),
              "bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQzAWF1dGg9QmVhcmVyIHZGOWRmdDRxbVRj"
              "Mk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB");
}

TEST(SaslClient, AnswersAnOauthErrorAsItsMechanismWants) {
    auto bearer = start_client("OAUTHBEARER", alice());
    EXPECT_EQ(bearer.step(R"({"status":"invalid_token"})").octets, "\x01");
    EXPECT_FALSE(bearer.done());
    auto xoauth = start_client("XOAUTH2", alice());
    const auto answer = xoauth.step(R"({"status":"400"})");
    EXPECT_TRUE(answer.ok());
    EXPECT_EQ(answer.octets, "");
    EXPECT_FALSE(xoauth.done());
}

TEST(SaslClient, IsNotDoneBeforeAScramServerHasProvenItself) {
    auto c = start_client("SCRAM-SHA-256", alice());
    auto s = start_server("SCRAM-SHA-256");
    const auto first = s.begin(*c.initial_response());
    const auto proof = c.step(first.octets);
    EXPECT_FALSE(c.done());
    auto final = s.step(proof.octets);
    ASSERT_TRUE(final.octets.starts_with("v="));
    final.octets[2] = final.octets[2] == 'A' ? 'B' : 'A';
    EXPECT_EQ(c.step(final.octets).fault, "SCRAM-SHA-256: the server did not prove that it knows the password.");
    EXPECT_FALSE(c.done());
}

TEST(SaslClient, RefusesToWorkForHoursOnAScramChallenge) {
    for (const auto* count : {"1000001", "4294967295", "99999999999999999999999"}) {
        auto c = start_client("SCRAM-SHA-1", alice());
        const auto nonce = c.initial_response()->substr(c.initial_response()->find("r="));
        EXPECT_EQ(c.step(nonce + "x,s=QSXCR+Q6sek8bf92,i=" + count).fault,
                  "SCRAM-SHA-1: the server asks for more than 1000000 iterations.");
    }
}

TEST(SaslClient, PreparesNamesAsSaslprepSays) {
    // RFC 4013 section 3: U+00AD maps to nothing, U+2168 to "IX"; U+0007 is forbidden.
    const auto c = start_client("SCRAM-SHA-1", {"I\xC2\xADX", "p", {}, {}, {}, 0});
    EXPECT_TRUE(c.initial_response()->starts_with("n,,n=IX,r="));
    EXPECT_EQ(std::get<std::string>(client::start("SCRAM-SHA-1", {"\x07", "p", {}, {}, {}, 0})),
              "SCRAM-SHA-1: the user name or password holds characters that SASLprep (RFC 4013) forbids.");
}

} // namespace
