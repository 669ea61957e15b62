#include "harness/wire/ascii.hpp"
#include "harness/wire/sasl/base64.hpp"
#include "harness/wire/sasl/mechanism.hpp"

#include "tests/wire/sasl_parties.hpp"

#include <gtest/gtest.h>

namespace {

using namespace mailspec::wire::sasl;

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
    const auto lower = mailspec::wire::in_small_letters(GetParam());
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

} // namespace
