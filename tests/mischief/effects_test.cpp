#include "harness/scenario/bundled.hpp"
#include "harness/scenario/load.hpp"

#include "tests/mischief/trial.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mailspec::mischief_test {
namespace {

using ::testing::HasSubstr;
using verdict::outcome;

/// Plays what stands inside <scenario> against a built-in server with that breach.
verdict::scenario_record play(std::string_view inside, std::string_view breach = "") {
    const auto xml =
        R"(<scenario xmlns="urn:mailspec:scenario:1" id="t" title="t">)" + std::string(inside) + "</scenario>";
    auto made = scenario::load("t", "t.xml", xml, scenario::bundled_messages());
    if (const auto* why = std::get_if<scenario::load_error>(&made)) {
        ADD_FAILURE() << why->show();
        return {};
    }
    const std::vector<run::scenario_ptr> all{
        std::make_shared<const scenario::scenario>(std::move(std::get<scenario::scenario>(made)))};
    const auto plan = std::get<run::plan>(run::select(all, {}));
    return against_built_in(plan, breach, patience::as_written).scenarios.front();
}

std::string submits(std::string_view changes) {
    return R"(<submission state="authenticated"/><effect within="300ms">)" + std::string(changes) +
           R"(<C>MAIL FROM:${alice.path}</C><C>RCPT TO:${bob.path}</C><C>DATA</C><S>354</S>
<data>Subject: ${token}</data></effect>)";
}

constexpr std::string_view delivered = R"(<change to="bob" delivered="yes"/>)";
constexpr std::string_view none = R"(<change to="bob" delivered="no"/>)";

TEST(AnEffectOfMail, HoldsWhereItArrivesOnceAndNobodyElseGetsIt) {
    const auto r = play(submits(delivered));
    EXPECT_EQ(r.result, outcome::conforms) << show(r);
}

TEST(AnEffectOfMail, FailsWhereMailArrivesThatNobodyDeclared) {
    for (const auto changes : {none, std::string_view()}) {
        const auto r = play(submits(changes));
        EXPECT_EQ(r.result, outcome::violates) << show(r);
        ASSERT_EQ(r.failures.size(), 1u);
        ASSERT_EQ(r.failures[0].differences.size(), 1u);
        EXPECT_EQ(r.failures[0].differences[0].what, "a mail to bob");
    }
}

TEST(AnEffectOfMail, FailsWhereNoneArrivesButTheCanaryBehindItDoes) {
    constexpr std::string_view lost = R"(<smtp/><effect within="300ms"><change to="bob" delivered="yes"/>
<C>MAIL FROM:${alice.path}</C><C>RCPT TO:${bob.path}</C><C>DATA</C><S>354</S>
<data>Subject: ${token}</data></effect>)";
    EXPECT_EQ(play(lost).result, outcome::conforms);
    const auto r = play(lost, "smtp.data.delivered");
    EXPECT_EQ(r.result, outcome::violates) << show(r);
    EXPECT_THAT(r.reason, HasSubstr("mail to bob was not there before and is not there after"));
}

TEST(AnEffectOfMail, IsInconclusiveWhereNotEvenTheCanaryArrives) {
    for (const auto changes : {delivered, none}) {
        const auto r = play(submits(changes), "smtp.data.delivered");
        EXPECT_EQ(r.result, outcome::inconclusive) << show(r);
        EXPECT_THAT(r.reason, HasSubstr("after the block did not arrive within 300 ms"));
    }
}

TEST(AnEffectOfMail, IsInconclusiveWhereItCannotBeToldWhoSentWhatCame) {
    const auto r = play(R"(<smtp/><effect><C>MAIL FROM:${alice.path}</C><C>RCPT TO:${bob.path}</C>
<C>DATA</C><S>354</S><raw>Subject: x\r\n\r\nhello\r\n.\r\n</raw><S>250</S></effect>)");
    EXPECT_EQ(r.result, outcome::inconclusive) << show(r);
    EXPECT_THAT(r.reason, HasSubstr("it cannot be told who sent it"));
}

TEST(AnEffectOfMail, LeavesNothingBehind) {
    const auto r = play(R"(<submission state="authenticated"/><imap name="i" account="bob" state="authenticated"/>
<effect><change to="bob" delivered="yes"/><C>MAIL FROM:${alice.path}</C><C>RCPT TO:${bob.path}</C><C>DATA</C><S>354</S>
<data>Subject: ${token}</data></effect><C on="i">STATUS INBOX (MESSAGES)</C><S>* STATUS INBOX (MESSAGES 0)</S>)");
    EXPECT_EQ(r.result, outcome::conforms) << show(r);
}

TEST(AnEffectOfMail, IsSeenBesideWhatAnImapSessionDoes) {
    const auto r = play(R"(<imap><message>A: b</message></imap><smtp/><effect><change message="1" adds="\Seen"/>
<change to="bob" delivered="yes"/><C>STORE 1 +FLAGS (\Seen)</C><C on="smtp">MAIL FROM:${alice.path}</C>
<C on="smtp">RCPT TO:${bob.path}</C><C on="smtp">DATA</C><S>354</S><data on="smtp">Subject: ${token}</data></effect>)");
    EXPECT_EQ(r.result, outcome::conforms) << show(r);
}

/// EXAMINE must not take \Recent away, or the observer would disturb what it observes.
TEST(AnEffect, LeavesRecentToTheActingSession) {
    const auto r = play(R"(<imap/><C>CREATE ${mailbox}</C><C>APPEND ${mailbox} ${literal('Subject: x')}</C>
<effect><C>NOOP</C></effect><C>SELECT ${mailbox}</C><S>* 1 RECENT</S><C>FETCH 1 FLAGS</C><S>* 1 FETCH (FLAGS (\Recent))</S>)");
    EXPECT_EQ(r.result, outcome::conforms) << show(r);
}

} // namespace
} // namespace mailspec::mischief_test
