#include "tests/run/puppet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mailspec::run::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using verdict::outcome;

const std::string ok = "@ OK done\r\n", no = "@ NO no\r\n";

std::vector<std::string> said(const played& p) {
    std::vector<std::string> out;
    for (const auto& each : p.record.answers)
        out.push_back(each.said);
    return out;
}

played play_with(std::vector<std::string> to_noop, std::string_view steps) {
    auto server = puppet::imap();
    server.answers["NOOP"] = std::move(to_noop);
    server.answers["SEARCH"] = {"* SEARCH 4\r\n" + ok};
    return play(scenario_of("<imap state=\"authenticated\"/>" + std::string(steps)), server);
}

TEST(Asking, AnAnswerThatBreaksARequirementIsHeldAgainstTheServerAndTheScenarioGoesOn) {
    const auto p = play_with({no}, R"(<C>NOOP</C>
<outcomes asks="first?">
  <outcome answer="yes"><S>OK</S></outcome><outcome answer="no" violates="imap.noop.succeeds"><S>NO</S></outcome>
</outcomes>
<C>SEARCH ALL</C>
<outcomes asks="second?">
  <outcome answer="number ${n}"><S>* SEARCH ${n}</S></outcome><outcome answer="none"><S>OK</S></outcome>
</outcomes>)");
    EXPECT_THAT(said(p), ElementsAre("no", "number 4"));
    EXPECT_THAT(p.record.info.asks, ElementsAre("first?", "second?"));
    EXPECT_EQ(p.record.result, outcome::violates);
    ASSERT_EQ(p.record.failures.size(), 1u);
    EXPECT_EQ(p.record.failures[0].broken->id, "imap.noop.succeeds");
    EXPECT_EQ(p.record.failures[0].said_by_us, "the answer is \"no\"");
    EXPECT_EQ(p.record.answers[0].breaks, p.record.failures[0].broken);
}

TEST(Asking, WhatFailsInAScenarioThatOnlyAsksLeavesTheQuestionOpen) {
    const auto p = play_with({no}, R"(<C>NOOP</C><C>SEARCH ALL</C>
<outcomes asks="q?"><outcome answer="a"><S>OK</S></outcome><outcome answer="b"><S>NO</S></outcome></outcomes>)");
    EXPECT_THAT(said(p), IsEmpty());
    EXPECT_EQ(p.record.result, outcome::inconclusive);
    EXPECT_THAT(p.record.failures, IsEmpty());
}

TEST(Asking, StepsAreTriedInOrderAndWhatAnotherCapturedIsForgotten) {
    const auto p = play_with({no}, R"(<outcomes asks="q?">
  <outcome answer="a"><C>SEARCH ALL</C><S>* SEARCH ${n}</S><C>NOOP</C></outcome>
  <outcome answer="b ${n}"><C>NOOP</C><S>NO</S><C>SEARCH 1</C><S>* SEARCH ${n}</S></outcome>
  <outcome answer="c"/>
</outcomes>
<C>SEARCH 2</C><S>* SEARCH ${n}</S><check>${n} = 4</check>)");
    EXPECT_THAT(said(p), ElementsAre("b 4"));
    EXPECT_EQ(p.record.result, outcome::conforms) << p.record.reason;
}

TEST(Asking, WhatOneAlternativeAloneCapturesIsForgottenAfterIt) {
    auto server = puppet::imap();
    server.answers["SEARCH"] = {"* SEARCH 4\r\n" + ok, "* SEARCH 5\r\n" + ok, "* SEARCH 6\r\n" + ok};
    const auto p = play(scenario_of(R"(<imap state="authenticated"/>
<C>SEARCH 1</C>
<outcomes asks="1?"><outcome answer="${n}"><S>* SEARCH ${n}</S></outcome><outcome answer="no"><S>NO</S></outcome></outcomes>
<C>SEARCH 2</C>
<outcomes asks="2?"><outcome answer="${n}"><S>* SEARCH ${n}</S></outcome><outcome answer="no"><S>NO</S></outcome></outcomes>
<outcomes asks="3?"><outcome answer="${n}"><C>SEARCH 3</C><S>* SEARCH ${n}</S></outcome><outcome answer="no"/></outcomes>)"),
                        server);
    EXPECT_THAT(said(p), ElementsAre("4", "5", "6")) << p.record.reason;
}

TEST(Asking, AServerThatHangsUpDidNotDoWhatTheStepsWant) {
    const auto p = play_with({"* BYE too much\r\n!"}, R"(<outcomes asks="q?">
  <outcome answer="it stays"><C>NOOP</C></outcome><outcome answer="it goes"/></outcomes>)");
    EXPECT_THAT(said(p), ElementsAre("it goes"));
}

TEST(Asking, AServerThatHangsUpIsNotAccusedByWhatIsLeftOver) {
    const auto p = play_with({"* BYE too much\r\n!"}, R"(<outcomes asks="q?">
  <outcome answer="it stays"><C>NOOP</C></outcome>
  <outcome answer="it does not" violates="imap.noop.succeeds"/></outcomes>)");
    EXPECT_THAT(said(p), IsEmpty());
    EXPECT_EQ(p.record.result, outcome::inconclusive);
    EXPECT_THAT(p.record.failures, IsEmpty());
}

TEST(Asking, AServerThatDoesNotAnswerGivesNoAnswer) {
    const auto p = play_with({""}, R"(<outcomes asks="q?">
  <outcome answer="yes"><C>NOOP</C></outcome><outcome answer="no"/></outcomes>)");
    EXPECT_THAT(said(p), IsEmpty());
    EXPECT_EQ(p.record.result, outcome::inconclusive);
}

TEST(Asking, AskedAgainTheAnswerWrittenLastCounts) {
    for (const auto& replies : {std::vector{ok, no, ok}, std::vector{no, ok, ok}, std::vector{ok, ok, no}}) {
        const auto p = play_with(replies, R"(<repeat times="3"><C>NOOP</C>
<outcomes asks="q?"><outcome answer="always"><S>OK</S></outcome>
  <outcome answer="not always" violates="imap.noop.succeeds"><S>NO</S></outcome></outcomes></repeat>)");
        EXPECT_THAT(said(p), ElementsAre("not always"));
        EXPECT_EQ(p.record.failures.size(), 1u);
    }
}

TEST(Asking, APollTellsHowLongItTook) {
    const auto p = play_with({no, no, no, no, no, no, ok}, R"(<poll within="9s" took="seconds"><C>NOOP</C></poll>
<outcomes asks="how long?"><outcome answer="${seconds} s"><check>${seconds} != x</check></outcome><outcome answer="-"/></outcomes>)");
    EXPECT_THAT(said(p), ElementsAre("0.3 s"));
}

TEST(Asking, APipelineToSeveralSessionsSaysAllBeforeItReads) {
    auto server = puppet::imap();
    const auto what = scenario_of(R"(<imap state="authenticated"/><imap name="b" state="authenticated"/>
<pipeline><C>NOOP</C><C on="b">NOOP</C><C>NOOP</C></pipeline>)");
    const auto p = play(what, server);
    EXPECT_EQ(p.record.result, outcome::conforms) << p.record.reason << p.transcript;
    EXPECT_THAT(p.transcript, HasSubstr("C: a3 NOOP\r\nC: b2 NOOP\r\nC: a4 NOOP\r\nS: a3 OK")) << p.transcript;
}

} // namespace
} // namespace mailspec::run::testing
