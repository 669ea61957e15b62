#include "tests/run/puppet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace mailspec::run::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using verdict::outcome;

/// The requirements that the scenario's failures are held against.
std::vector<std::string> accused(const played& p) {
    std::vector<std::string> out;
    for (const auto& failure : p.record.failures)
        out.emplace_back(failure.broken ? failure.broken->id : "nobody");
    return out;
}

constexpr std::string_view two = R"(proves="imap.store.flags imap.store.other-messages")";

std::vector<std::string> accused_by(std::string_view steps, std::string_view attributes = two) {
    auto server = puppet::imap();
    server.answers["UID FETCH"] = {puppet::fetched(""), puppet::fetched("\\Seen")};
    server.answers["STORE"] = {"* 1 FETCH (FLAGS (\\Seen))\r\n@ OK done\r\n"};
    return accused(play(scenario_of(steps, attributes), server));
}

constexpr std::string_view session = R"(<imap state="selected"><message>a</message></imap>)";

TEST(AFailure, GoesAgainstTheFirstRequirementWhereNothingElseIsSaid) {
    EXPECT_THAT(accused_by(std::string(session) + R"(<C>STORE 1 +FLAGS (\Flagged)</C>
<S>* 1 FETCH (FLAGS (\Flagged))</S><check proves="imap.store.other-messages">1 = 1</check>)"),
                ElementsAre("imap.store.flags"));
    EXPECT_THAT(accused_by(std::string(session) + "<check>1 = 2</check>", ""), ElementsAre("nobody"));
}

TEST(AFailure, GoesAgainstWhatItsStepIsEvidenceOf) {
    EXPECT_THAT(accused_by(std::string(session) + R"(<C proves="imap.store.other-messages">STORE 1 +FLAGS (\Flagged)</C>
<S>* 1 FETCH (FLAGS (\Flagged))</S>)"),
                ElementsAre("imap.store.other-messages"));
    EXPECT_THAT(accused_by(std::string(session) + R"(<check proves="imap.store.other-messages">1 = 2</check>)"),
                ElementsAre("imap.store.other-messages"));
}

TEST(AFailure, GoesAgainstWhatItsLineIsEvidenceOf) {
    EXPECT_THAT(accused_by(std::string(session) + R"(<C>STORE 1 +FLAGS (\Flagged)</C>
<S>* 1 FETCH (FLAGS (\Flagged))</S><S proves="imap.store.other-messages">* 7 EXPUNGE</S>
<never proves="imap.store.other-messages">* 1 FETCH (FLAGS (\Seen))</never>)"),
                ElementsAre("imap.store.flags", "imap.store.other-messages", "imap.store.other-messages"));
}

TEST(AMessage, ThatLacksTheFlagsItWasPutThereWithLeavesTheOutcomeOpen) {
    for (const auto& [flags, came] :
         {std::pair{"\\Recent", outcome::inconclusive}, std::pair{"\\Recent \\Deleted $x", outcome::conforms}}) {
        auto server = puppet::imap();
        server.answers["FETCH 1 FLAGS"] = {"* 1 FETCH (FLAGS (" + std::string(flags) + "))\r\n@ OK done\r\n"};
        const auto p = play(R"(<imap><message flags="\Deleted">a</message></imap><C>NOOP</C>)", server);
        EXPECT_EQ(p.record.result, came) << p.record.reason << p.transcript;
    }
}

TEST(AFailure, OfAnEffectGoesAgainstTheChangeThatDidNotComeOrTheEffectThatWasNotAlone) {
    EXPECT_THAT(accused_by(std::string(session) + R"(<effect proves="imap.store.other-messages"><C>NOOP</C></effect>)"),
                ElementsAre("imap.store.other-messages"));
    EXPECT_THAT(accused_by(std::string(session) +
                           R"(<effect proves="imap.store.other-messages"><change message="1" adds="\Flagged"/>
<C>NOOP</C></effect>)"),
                ElementsAre("imap.store.flags"));
    EXPECT_THAT(accused_by(std::string(session) +
                           R"(<effect><change message="1" adds="\Flagged" proves="imap.store.other-messages"/>
<C>NOOP</C></effect>)"),
                ElementsAre("imap.store.other-messages"));
}

TEST(AMeans, ThatFailsAccusesNobodyAndLeavesTheOutcomeOpen) {
    auto server = puppet::imap();
    const auto steps = std::string(session) + R"(<check proves="none">1 = 2</check>)";
    const auto made = play(scenario_of(steps, R"(proves="imap.store.flags")"), server);
    EXPECT_EQ(made.record.result, outcome::inconclusive);
    EXPECT_THAT(made.record.failures, ::testing::IsEmpty());
    EXPECT_THAT(made.record.reason, HasSubstr("a means to an end"));
}

TEST(AMeans, ThatFailsIsToldWithWhatTheServerSaid) {
    auto server = puppet::pop3();
    server.greeting = "-ERR too busy\r\n";
    const auto made = play(scenario_of(R"(<pop3 state="connected"/><S proves="none">+OK</S>)"), server);
    EXPECT_EQ(made.record.reason,
              "line 2, a means to an end: expected +OK; the reply is not +OK; the server said \"-ERR too busy\"");
}

TEST(ARefusal, ThatAServerIsFreeToGiveIsToldInItsWords) {
    auto server = puppet::smtp();
    server.answers["NOOP"] = {"450 4.2.0 later\r\n"};
    const auto made = play(scenario_of("<smtp/><C>NOOP</C>"), server);
    EXPECT_EQ(made.record.result, outcome::inconclusive);
    EXPECT_EQ(made.record.reason, "line 2: expected 2xx; the server answered \"450 4.2.0 later\", as it may");
    EXPECT_EQ(made.record.transcript.at(made.record.reason_at).octets, "450 4.2.0 later\r\n");
}

TEST(WhatMayBeDone, IsNotHeldAgainstAServerThatDoesNot) {
    auto server = puppet::smtp();
    const auto made = play(scenario_of("<smtp/><check>1 = 2</check>", R"(proves="smtp.data.without-rcpt")"), server);
    EXPECT_EQ(made.record.result, outcome::conforms);
}

outcome of_answer(puppet server, std::string_view opened, const std::string& verb, const std::string& answer,
                  const std::string& wanted, const std::string& more = {}) {
    server.answers[verb.substr(0, verb.find(' '))] = {answer + "\r\n"};
    const auto steps = std::string(opened) + "<C>" + verb + "</C><S>" + wanted + "</S>" + more;
    return play(scenario_of(steps, R"(proves="smtp.noop")"), server).record.result;
}

outcome of_reply(const std::string& verb, const std::string& reply, const std::string& wanted) {
    return of_answer(puppet::smtp(), "<smtp/>", verb, reply, wanted);
}

TEST(AnSmtpRefusal, IsABreachOnlyWhereItIsNotForNowAndNotOfAPassword) {
    EXPECT_EQ(of_reply("NOOP", "550 5.7.1 no", "250"), outcome::violates);
    EXPECT_EQ(of_reply("NOOP", "450 4.2.0 later", "250"), outcome::inconclusive);
    EXPECT_EQ(of_reply("NOOP", "450 4.2.0 later", "421"), outcome::violates);
    EXPECT_EQ(of_reply("AUTH", "535 5.7.8 no", "235"), outcome::inconclusive);
    EXPECT_EQ(of_reply("AUTH", "535 5.7.8 no", "334"), outcome::violates);
}

TEST(AnSmtpRefusal, ThatWantsTlsOrAnotherLoginFirstIsNoBreach) {
    for (const std::string code : {"530", "534", "538"}) {
        EXPECT_EQ(of_reply("AUTH", code + " 5.7.0 first", "334"), outcome::inconclusive) << code;
        EXPECT_EQ(of_reply("AUTH", code + " 5.7.0 first", code + " 5.5.*"), outcome::violates) << code;
    }
    EXPECT_EQ(of_reply("RSET", "530 5.7.0 first", "250"), outcome::inconclusive);
}

TEST(AnSmtpRefusal, OfAMailOrAClientIsThePolicyOfTheServerUnlessItIsAboutTheCommand) {
    for (const std::string verb : {"MAIL", "RCPT TO:${bob.path}", "DATA"}) {
        EXPECT_EQ(of_reply(verb, "554 5.7.1 not here", "25x"), outcome::inconclusive) << verb;
        EXPECT_EQ(of_reply(verb, "500 5.5.1 unknown", "25x"), outcome::violates) << verb;
        EXPECT_EQ(of_reply(verb, "503 5.5.1 not now", "25x"), outcome::violates) << verb;
        EXPECT_EQ(of_reply(verb, "554 5.7.1 not here", "503"), outcome::violates) << verb;
        EXPECT_EQ(of_reply(verb, "250 2.0.0 gladly", "554"), outcome::violates) << verb;
    }
    EXPECT_EQ(of_reply("HELO", "550 no", "250"), outcome::inconclusive);
    EXPECT_EQ(of_reply("HELO", "502 no", "250"), outcome::violates);
    EXPECT_EQ(of_reply("RSET", "554 no", "250"), outcome::violates);
}

TEST(AnSmtpRefusal, OfStarttlsForNowIsNoBreach) {
    for (const auto& [reply, came] : {std::pair{"454 4.7.0 later\r\n", outcome::inconclusive},
                                      std::pair{"502 5.5.1 never\r\n", outcome::violates}}) {
        auto server = puppet::smtp();
        server.answers["STARTTLS"] = {reply};
        EXPECT_EQ(play(scenario_of("<smtp/><starttls/>", R"(proves="smtp.starttls")"), server).record.result, came)
            << reply;
    }
}

outcome of_imap(const std::string& verb, const std::string& answer, const std::string& wanted,
                const std::string& more = {}) {
    return of_answer(puppet::imap(), "<imap/>", verb, answer, wanted, more);
}

TEST(AnImapRefusal, ThatTheTextListsAsAResultIsNoBreach) {
    for (const std::string verb : {"CREATE", "STORE", "UID COPY", "IDLE", "SEARCH", "UID FETCH", "LIST", "NAMESPACE",
                                   "STATUS", "AUTHENTICATE"}) {
        EXPECT_EQ(of_imap(verb, "@ NO cannot", "OK"), outcome::inconclusive) << verb;
        EXPECT_EQ(of_imap(verb, "@ BAD cannot", "OK"), outcome::violates) << verb;
        EXPECT_EQ(of_imap(verb, "@ NO cannot", "OK", "<never>NO</never>"), outcome::violates) << verb;
    }
    EXPECT_EQ(of_imap("APPEND", "@ NO cannot", "OK"), outcome::inconclusive);
    EXPECT_EQ(of_imap("APPEND", "@ NO cannot", "NO [TRYCREATE]"), outcome::violates);
    for (const std::string verb : {"NOOP", "CAPABILITY", "CHECK", "CLOSE"})
        EXPECT_EQ(of_imap(verb, "@ NO not now", "OK"), outcome::violates) << verb;
}

TEST(AnImapRefusal, ForNowIsNoBreach) {
    for (const std::string code : {"UNAVAILABLE", "INUSE", "LIMIT", "OVERQUOTA"})
        EXPECT_EQ(of_imap("NOOP", "@ NO [" + code + "] not now", "OK"), outcome::inconclusive) << code;
}

TEST(APop3Refusal, OfAMaildropIsNoBreach) {
    const auto of = [](const std::string& verb, const std::string& answer, const std::string& wanted = "+OK",
                       const std::string& more = {}) {
        return of_answer(puppet::pop3(), R"(<pop3 state="connected"/>)", verb, answer, wanted, more);
    };
    for (const std::string verb : {"PASS", "APOP", "AUTH"}) {
        EXPECT_EQ(of(verb, "-ERR unable to lock maildrop"), outcome::inconclusive);
        EXPECT_EQ(of(verb, "-ERR no", "+OK", "<never>-ERR</never>"), outcome::violates);
    }
    EXPECT_EQ(of("AUTH", "-ERR no such mechanism", "+"), outcome::violates);
    EXPECT_EQ(of("USER", "-ERR wrong user"), outcome::violates);
    EXPECT_EQ(of("STAT", "-ERR [IN-USE] wait"), outcome::inconclusive);
    EXPECT_EQ(of("STAT", "-ERR [LOGIN-DELAY] wait"), outcome::inconclusive);
}

TEST(AnLmtpMessage, IsAnsweredOnceForEachRecipientAndNeitherMoreNorLess) {
    constexpr std::string_view steps = R"(<lmtp/><C>MAIL FROM:&lt;></C><C>RCPT TO:${alice.path}</C>
<C>RCPT TO:${bob.path}</C><C>DATA</C><S>354</S><pipeline><data>Subject: x</data><S>250</S><S>250</S><C>QUIT</C><S>221</S></pipeline>)";
    for (const auto& [replies, came] :
         {std::pair{"250 a\r\n", outcome::violates}, std::pair{"250 a\r\n250 b\r\n", outcome::conforms},
          std::pair{"250 a\r\n550 not b\r\n", outcome::inconclusive},
          std::pair{"250 a\r\n250 b\r\n250 c\r\n", outcome::violates}}) {
        auto server = puppet::smtp();
        server.answers["LHLO"] = {"250 mail.example\r\n"};
        server.answers["RCPT"] = {"250 ok\r\n"};
        server.answers["DATA"] = {"354 go on\r\n"};
        server.answers["Subject"] = {std::string(replies) + "221 bye\r\n!"};
        const auto p = play(scenario_of(steps, R"(proves="lmtp.data.reply-each")"), server);
        EXPECT_EQ(p.record.result, came) << p.record.reason << p.transcript;
    }
}

TEST(AnSmtpChallenge, MayBeEmpty) {
    EXPECT_EQ(of_reply("AUTH", "334 ", "334 ${_:base64}"), outcome::conforms);
    EXPECT_EQ(of_reply("AUTH", "334 go ahead", "334 ${_:base64}"), outcome::violates);
}

constexpr std::string_view half_a_command =
    "<smtp/><starttls proves='none'><raw>NO</raw><C>OP</C><S>5xx</S></starttls>";

played of_half_a_command(const std::string& inside_tls, travel how = {}) {
    auto server = puppet::smtp();
    server.answers["STARTTLS"] = {"220 go on\r\n"};
    server.answers["OP"] = {inside_tls};
    auto p = play(scenario_of(half_a_command, R"(proves="smtp.starttls.injection")"), server, how);
    EXPECT_NE(std::ranges::find(server.heard, "STARTTLS\r\nNO"), server.heard.end()) << p.transcript;
    return p;
}

TEST(WhatIsSentBehindStarttls, GoesOutWithItAndIsJudgedInsideTLS) {
    EXPECT_EQ(of_half_a_command("500 what?\r\n").record.result, outcome::conforms);
    EXPECT_EQ(of_half_a_command("250 done\r\n").record.result, outcome::violates);
}

TEST(WhatIsSentBehindStarttls, IsNotHeldAgainstAServerThatTakesItForTheHandshake) {
    const auto whole = of_half_a_command("250 done\r\n");
    std::size_t spoilt = 0;
    for (std::size_t n = 1; n < whole.operations; ++n) {
        auto server = puppet::smtp();
        server.answers["STARTTLS"] = {"220 go on\r\n"};
        server.answers["OP"] = {"250 done\r\n"};
        const auto p = play(scenario_of(half_a_command, R"(proves="smtp.starttls.injection")"), server,
                            {0, n, trouble::tls_handshake});
        spoilt += p.record.result == outcome::conforms ? 1 : 0;
        EXPECT_NE(p.record.result, outcome::broken) << n;
    }
    EXPECT_GE(spoilt, 1u);
}

/// How a server is judged whose every operation fails in turn for want of a TLS of today.
std::set<outcome> of_old_tls(std::string_view step) {
    std::set<outcome> out;
    const auto steps = R"(<smtp tls="none"/>)" + std::string(step);
    for (std::size_t n = 1; n < 20; ++n) {
        auto server = puppet::smtp();
        server.answers["STARTTLS"] = {"220 go on\r\n"};
        out.insert(
            play(scenario_of(steps, R"(proves="tls.version smtp.starttls")"), server, {0, n, trouble::tls_version})
                .record.result);
    }
    return out;
}

TEST(AHandshakeThatFailsForAnOldTLS, IsHeldAgainstTheServerOnlyWhereTheStepSaysSo) {
    const std::set<outcome> never_judged = {outcome::inconclusive, outcome::conforms};
    EXPECT_EQ(of_old_tls(R"(<starttls/><C proves="smtp.starttls">NOOP</C>)"), never_judged);
    EXPECT_EQ(of_old_tls(R"(<starttls proves="none"/><C proves="smtp.starttls">NOOP</C>)"), never_judged);
    EXPECT_EQ(of_old_tls(R"(<starttls proves="smtp.starttls"/><C proves="smtp.starttls">NOOP</C>)"), never_judged);
    EXPECT_EQ(of_old_tls(R"(<starttls proves="tls.version"/><C proves="smtp.starttls">NOOP</C>)"),
              (std::set<outcome>{outcome::inconclusive, outcome::conforms, outcome::violates}));
}

TEST(AStarttlsThatIsRefused, SaysNothingOfTheVersionOfTLS) {
    const auto refused = [](const std::string& proves) {
        auto server = puppet::smtp();
        server.answers["STARTTLS"] = {"502 5.5.1 no\r\n"};
        return play(scenario_of("<smtp tls='none'/><starttls proves='" + proves + "'/>", "proves='" + proves + "'"),
                    server)
            .record.result;
    };
    EXPECT_EQ(refused("tls.version"), outcome::inconclusive);
    EXPECT_EQ(refused("imap.tls.version"), outcome::inconclusive);
    EXPECT_EQ(refused("smtp.starttls"), outcome::violates);
}

puppet with_tls(std::string greeting) {
    auto server = puppet::imap();
    server.greeting = std::move(greeting);
    server.answers["CAPABILITY"] = {"* CAPABILITY IMAP4rev1 STARTTLS\r\n@ OK done\r\n"};
    server.answers["STARTTLS"] = {"@ OK go on\r\n"};
    return server;
}

TEST(TheGreeting, IsJudgedAsItCameBeforeTheTLSThatTheTargetDemands) {
    constexpr std::string_view steps = R"(<imap state="connected" tls="starttls"/><S>* OK</S><C>NOOP</C>)";
    for (const std::string code : {"", "[CAPABILITY IMAP4rev1 STARTTLS] "}) {
        auto server = with_tls("* OK " + code + "ready\r\n");
        const auto p = play(steps, server);
        EXPECT_EQ(p.record.result, outcome::conforms) << p.record.reason << p.transcript;
        ASSERT_GE(server.heard.size(), 2u);
        EXPECT_THAT(server.heard[server.heard.size() - 2], HasSubstr("NOOP")) << p.transcript;
    }
    auto rude = with_tls("* BYE not you\r\n");
    EXPECT_EQ(play(steps, rude).record.result, outcome::violates);
}

} // namespace
} // namespace mailspec::run::testing
