#include "tests/run/puppet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
    server.answers["UID FETCH"] = {"* 1 FETCH (UID 5 FLAGS ())\r\n@ OK done\r\n",
                                   "* 1 FETCH (UID 5 FLAGS (\\Seen))\r\n@ OK done\r\n"};
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

outcome of_reply(const std::string& verb, const std::string& reply, const std::string& wanted) {
    auto server = puppet::smtp();
    server.answers[verb] = {reply + "\r\n"};
    return play(scenario_of("<smtp/><C>" + verb + "</C><S>" + wanted + "</S>", R"(proves="smtp.noop")"), server)
        .record.result;
}

TEST(AnSmtpRefusal, IsABreachOnlyWhereItIsNotForNowAndNotOfAPassword) {
    EXPECT_EQ(of_reply("NOOP", "550 5.7.1 no", "250"), outcome::violates);
    EXPECT_EQ(of_reply("NOOP", "450 4.2.0 later", "250"), outcome::inconclusive);
    EXPECT_EQ(of_reply("NOOP", "450 4.2.0 later", "421"), outcome::violates);
    EXPECT_EQ(of_reply("AUTH", "535 5.7.8 no", "235"), outcome::inconclusive);
    EXPECT_EQ(of_reply("AUTH", "535 5.7.8 no", "334"), outcome::violates);
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
