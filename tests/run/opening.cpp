#include "tests/run/puppet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mailspec::run::testing {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using verdict::outcome;

constexpr std::string_view noop = R"(<imap state="authenticated"/>
<C>NOOP</C>)";

TEST(Opening, RecognisesAnotherProtocolByItsGreeting) {
    auto server = puppet::imap();
    server.greeting = "220 mail.example ESMTP Postfix\r\n";
    const auto p = play(noop, server);
    EXPECT_EQ(p.record.result, outcome::inconclusive);
    EXPECT_EQ(p.record.reason, "alice's IMAP server at 127.0.0.1:143 does not speak IMAP: it greets with "
                               "\"220 mail.example ESMTP Postfix\"");
}

TEST(Opening, AsksNothingOfAServerWhoseGreetingTurnsSessionsAway) {
    using wire::protocol;
    for (const auto& [spoken, greeting] :
         {std::pair{protocol::imap, "* BYE too busy"}, std::pair{protocol::pop3, "-ERR too busy"},
          std::pair{protocol::smtp, "554 no service"}, std::pair{protocol::smtp, "421 too busy"}}) {
        auto server = puppet::imap();
        for (const auto* emptied : {"STORE", "EXPUNGE"})
            server.answers[emptied] = {"@ OK done\r\n"};
        auto& busy = server.others[spoken];
        busy.greeting = greeting + std::string("\r\n");
        busy.answers = {{"", {spoken == protocol::smtp ? "503 5.5.1 told you\r\n" : "!"}}};
        const auto* state = spoken == protocol::pop3 ? "transaction" : "authenticated";
        const auto name = std::string(to_string(spoken));
        const auto p = play("<" + name + " state='" + state + "'/><C>NOOP</C>", server);
        EXPECT_EQ(p.record.result, outcome::inconclusive);
        EXPECT_THAT(p.record.reason,
                    EndsWith(" turns sessions away: it greets with \"" + std::string(greeting) + "\""));
    }
}

TEST(Opening, SaysNoPasswordWhereLoginIsDisabledAndNothingElseIsOffered) {
    auto server = puppet::imap();
    server.greeting = "* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready\r\n";
    const auto p = play(noop, server);
    EXPECT_EQ(p.record.result, outcome::inconclusive);
    EXPECT_THAT(p.record.reason,
                EndsWith(" announces LOGINDISABLED and no mechanism that mailspec knows; perhaps it wants "
                         "TLS first (tls=starttls)"));
    EXPECT_THAT(server.heard, ::testing::Each(::testing::Not(HasSubstr("LOGIN"))));
    auto wants_it = plain_target();
    wants_it.login_with = "command";
    EXPECT_THAT(play(scenario_of(noop), server, {}, wants_it).transcript, HasSubstr("LOGIN \"alice\""));
}

TEST(Opening, SaysWhoseLoginWasRefusedAndWhy) {
    auto server = puppet::imap();
    server.answers["LOGIN"] = {"@ NO [AUTHENTICATIONFAILED] no\r\n"};
    const auto p = play(noop, server);
    EXPECT_EQ(p.record.result, outcome::inconclusive);
    EXPECT_THAT(p.record.reason, StartsWith("LOGIN was refused for alice: \"a1 NO [AUTHENTICATIONFAILED] no\""));
    EXPECT_EQ(p.record.transcript.at(p.record.reason_at).octets, "a1 NO [AUTHENTICATIONFAILED] no\r\n")
        << "not the goodbye behind it";
}

} // namespace
} // namespace mailspec::run::testing
