#include "harness/wire/sasl/base64.hpp"
#include "harness/wire/sasl/client.hpp"
#include "harness/wire/sasl/digest.hpp"
#include "harness/wire/sasl/mechanism.hpp"
#include "harness/wire/sasl/oauth.hpp"
#include "harness/wire/sasl/server.hpp"

#include <gtest/gtest.h>

namespace {

using namespace mailspec::wire::sasl;

directory one_user() {
    return [](std::string_view user) -> std::optional<secrets> {
        if (user == "alice") {
            return secrets{"s3cret pass", "t0ken"};
        }
        return std::nullopt;
    };
}

credentials alice() { return {"alice", "s3cret pass", "t0ken", {}, {}, 0}; }

client start_client(std::string_view mechanism, const credentials& who) {
    auto made = client::start(mechanism, who);
    if (auto* fault = std::get_if<std::string>(&made)) {
        throw std::runtime_error(*fault);
    }
    return std::get<client>(std::move(made));
}

server start_server(std::string_view mechanism, directory users = one_user()) {
    return std::get<server>(server::start(mechanism, std::move(users)));
}

struct result {
    server::state server_says;
    bool client_done;
    std::string user, server_fault, client_fault;
};

enum class initial { with_command, on_empty_challenge };

/// Lets both halves talk until the server decides or the client gives up.
result talk(client& c, server& s, initial how) {
    result r{};
    const bool sent = how == initial::with_command && c.initial_response();
    turn challenge = s.begin(sent ? std::optional<std::string_view>(*c.initial_response()) : std::nullopt);
    bool initial_due = !sent && c.initial_response();
    for (int round = 0; round < 10 && s.where() == server::state::challenging; ++round) {
        turn answer;
        if (std::exchange(initial_due, false)) {
            EXPECT_EQ(challenge.octets, "");
            answer.octets = *c.initial_response();
        } else {
            answer = c.step_base64(base64_encode(challenge.octets));
        }
        if (!answer.ok()) {
            r.client_fault = answer.fault;
            break;
        }
        challenge = s.step_base64(base64_encode(answer.octets));
    }
    r.server_says = s.where();
    r.client_done = c.done();
    r.user = s.user();
    r.server_fault = challenge.fault;
    return r;
}

class SaslMechanism : public testing::TestWithParam<std::string_view> {};

INSTANTIATE_TEST_SUITE_P(All, SaslMechanism, testing::ValuesIn(known_mechanisms().begin(), known_mechanisms().end()),
                         [](const auto& one) {
                             std::string name(one.param);
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

TEST_P(SaslMechanism, LetsTheRightSecretInWithAndWithoutInitialResponse) {
    for (const auto how : {initial::with_command, initial::on_empty_challenge}) {
        auto c = start_client(GetParam(), alice());
        auto s = start_server(GetParam());
        const auto r = talk(c, s, how);
        EXPECT_EQ(r.server_says, server::state::accepted) << r.server_fault << r.client_fault;
        EXPECT_TRUE(r.client_done);
        EXPECT_EQ(r.user, "alice");
    }
}

TEST_P(SaslMechanism, RefusesAWrongSecretAndAnUnknownUserAlike) {
    auto wrong = alice();
    wrong.password = wrong.token = "other";
    auto unknown = alice();
    unknown.user = "mallory";
    std::string sentence;
    for (const auto& who : {wrong, unknown}) {
        auto c = start_client(GetParam(), who);
        auto s = start_server(GetParam());
        const auto r = talk(c, s, initial::with_command);
        EXPECT_EQ(r.server_says, server::state::refused);
        EXPECT_EQ(r.user, "");
        EXPECT_EQ(r.server_fault, "Authentication failed.");
    }
}

TEST_P(SaslMechanism, IsFoundInAnyCaseOfItsName) {
    std::string lower(GetParam());
    for (auto& letter : lower) {
        letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    }
    EXPECT_TRUE(std::holds_alternative<client>(client::start(lower, alice())));
    EXPECT_TRUE(std::holds_alternative<server>(server::start(lower, one_user())));
}

TEST_P(SaslMechanism, SurvivesAnyAnswerAndNamesNoSecret) {
    for (const std::string_view noise :
         {"", "\0\0\0", "n,,", "a\0b", "r=x,s=y,i=z", "v=AAAA", "e=other-error", "=", ","}) {
        auto c = start_client(GetParam(), alice());
        auto s = start_server(GetParam());
        const auto answer = c.step(noise);
        EXPECT_EQ(answer.fault.find("s3cret"), std::string::npos);
        EXPECT_EQ(answer.fault.find("t0ken"), std::string::npos);
        auto t = s.begin(noise);
        for (int i = 0; i < 4 && s.where() == server::state::challenging; ++i) {
            t = s.step(noise);
        }
        EXPECT_NE(s.where(), server::state::accepted);
    }
}

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

TEST(SaslServer, RefusesAnInitialResponseWhereTheServerBegins) {
    auto s = start_server("CRAM-MD5");
    EXPECT_FALSE(s.begin("alice 0123").ok());
    EXPECT_EQ(s.where(), server::state::refused);
}

TEST(SaslServer, TakesLoginsUserNameWithTheCommand) {
    auto s = start_server("LOGIN");
    EXPECT_TRUE(s.begin("alice").ok());
    s.step("s3cret pass");
    EXPECT_EQ(s.where(), server::state::accepted);
}

TEST(SaslServer, RefusesWhenTheClientGivesUpOrSendsNoBase64) {
    auto gone = start_server("PLAIN");
    gone.begin(std::nullopt);
    EXPECT_EQ(gone.step_base64("*").fault, "The client gave up.");
    auto wrong = start_server("PLAIN");
    wrong.begin(std::nullopt);
    EXPECT_EQ(wrong.step_base64("AGFsaWNl!").fault, "The response is not base64.");
    EXPECT_EQ(wrong.where(), server::state::refused);
}

TEST(SaslServer, LetsNobodyActAsAnother) {
    auto who = alice();
    who.authorization = "bob";
    auto c = start_client("PLAIN", who);
    auto s = start_server("PLAIN");
    EXPECT_EQ(talk(c, s, initial::with_command).server_fault, "Acting as another user is not allowed.");
}

TEST(SaslServer, WantsAnEmptyAnswerToScramsLastChallenge) {
    auto c = start_client("SCRAM-SHA-1", alice());
    auto s = start_server("SCRAM-SHA-1");
    const auto proof = c.step(s.begin(*c.initial_response()).octets);
    s.step(proof.octets);
    EXPECT_EQ(s.where(), server::state::challenging);
    s.step("more");
    EXPECT_EQ(s.where(), server::state::refused);
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
