#include "harness/verdict/baseline.hpp"

#include <gmock/gmock.h>

namespace mailspec::verdict {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr rfc::requirement must{"a.must", rfc::level::must, "", {}, ""};
constexpr rfc::requirement another{"b.must", rfc::level::must_not, "", {}, ""};
constexpr rfc::requirement should{"c.should", rfc::level::should, "", {}, ""};
constexpr rfc::requirement may{"d.may", rfc::level::may, "", {}, ""};

scenario_record came_to(outcome result, std::initializer_list<const rfc::requirement*> broken = {}) {
    scenario_record r;
    r.info.id = "x/y";
    r.result = result;
    for (const auto* each : broken)
        r.failures.emplace_back().broken = each;
    return r;
}

baseline having(outcome result, std::set<std::string, std::less<>> broken = {}) {
    return {"known.json", {{"x/y", {result, std::move(broken)}}}};
}

TEST(BrokenBy, NamesEachRequirementOnceAndLeavesOutWhatIsLeftOpen) {
    auto r = came_to(outcome::violates, {&should, &must, &must, &may, nullptr});
    r.findings.push_back({{&another, 0, ""}, 1, 0, ""});
    r.findings.push_back({{&should, 0, ""}, 1, 0, ""});
    EXPECT_THAT(broken_by(r), ElementsAre(nullptr, &must, &another, &should));
}

TEST(Baseline, KnowsWhatFailedInTheSameWay) {
    for (const auto& [record, known] :
         {std::pair{came_to(outcome::violates, {&must}), having(outcome::violates, {"a.must"})},
          std::pair{came_to(outcome::deviates, {&should}), having(outcome::deviates, {"c.should"})},
          std::pair{came_to(outcome::inconclusive), having(outcome::inconclusive)}}) {
        const auto c = compare(record, known);
        EXPECT_EQ(c.how, standing::known) << to_string(record.result);
        EXPECT_EQ(c.counts, outcome::conforms);
        EXPECT_THAT(c.added, IsEmpty());
        EXPECT_THAT(c.gone, IsEmpty());
    }
}

TEST(Baseline, NeverKnowsThatMailspecFailed) {
    const auto c = compare(came_to(outcome::broken), having(outcome::broken));
    EXPECT_EQ(c.how, standing::fresh);
    EXPECT_EQ(c.counts, outcome::broken);
}

TEST(Baseline, TakesARequirementThatIsNewlyBrokenForNew) {
    auto c = compare(came_to(outcome::violates, {&must, &another}), having(outcome::violates, {"a.must"}));
    EXPECT_EQ(c.how, standing::fresh);
    EXPECT_EQ(c.counts, outcome::violates);
    EXPECT_THAT(c.added, ElementsAre("b.must"));
    c = compare(came_to(outcome::violates, {&another}), having(outcome::violates, {"a.must"}));
    EXPECT_EQ(c.how, standing::fresh) << "another one";
    EXPECT_THAT(c.gone, ElementsAre("a.must"));
    c = compare(came_to(outcome::violates, {&must}), having(outcome::violates));
    EXPECT_EQ(c.how, standing::fresh) << "the baseline names none";
}

TEST(Baseline, CountsASHOULDThatIsNewlyBrokenAsADeviation) {
    auto c = compare(came_to(outcome::violates, {&must, &should}), having(outcome::violates, {"a.must"}));
    EXPECT_EQ(c.how, standing::fresh);
    EXPECT_EQ(c.counts, outcome::deviates);
    c = compare(came_to(outcome::violates, {&must, &should}), having(outcome::deviates, {"a.must"}));
    EXPECT_EQ(c.counts, outcome::violates) << "the outcome is worse";
}

TEST(Baseline, TakesAWorseOrAnotherOutcomeForNew) {
    for (const auto before : {outcome::conforms, outcome::unsupported, outcome::deviates, outcome::inconclusive}) {
        const auto c = compare(came_to(outcome::violates, {&must}), having(before));
        EXPECT_EQ(c.how, standing::fresh) << to_string(before);
        EXPECT_EQ(c.counts, outcome::violates);
        EXPECT_EQ(c.before, before);
    }
    for (const auto before : {outcome::conforms, outcome::violates, outcome::broken}) {
        const auto c = compare(came_to(outcome::inconclusive), having(before, {"a.must"}));
        EXPECT_EQ(c.how, standing::fresh) << "what was judged is not any more: " << to_string(before);
        EXPECT_EQ(c.counts, outcome::inconclusive);
    }
    EXPECT_EQ(compare(came_to(outcome::violates, {&must}), having(outcome::conforms, {"a.must"})).counts,
              outcome::violates);
}

TEST(Baseline, TellsWhatIsBetter) {
    for (const auto before :
         {outcome::unsupported, outcome::deviates, outcome::inconclusive, outcome::violates, outcome::broken})
        EXPECT_EQ(compare(came_to(outcome::conforms), having(before)).how, standing::better) << to_string(before);
    auto c = compare(came_to(outcome::violates, {&must}), having(outcome::violates, {"a.must", "b.must"}));
    EXPECT_EQ(c.how, standing::better) << "one of two is kept now";
    EXPECT_EQ(c.counts, outcome::conforms);
    EXPECT_THAT(c.gone, ElementsAre("b.must"));
    c = compare(came_to(outcome::deviates, {&should}), having(outcome::violates, {"a.must", "c.should"}));
    EXPECT_EQ(c.how, standing::better);
    c = compare(came_to(outcome::deviates, {&should}), having(outcome::violates, {"a.must"}));
    EXPECT_EQ(c.how, standing::fresh) << "the deviation is new";
    EXPECT_EQ(c.counts, outcome::deviates);
}

TEST(Baseline, TellsWhatIsUnsupportedNow) {
    for (const auto before : {outcome::conforms, outcome::violates}) {
        const auto c = compare(came_to(outcome::unsupported), having(before, {"a.must"}));
        EXPECT_EQ(c.how, standing::lost);
        EXPECT_EQ(c.counts, outcome::unsupported);
    }
}

TEST(Baseline, SaysNothingOfWhatIsAsItWas) {
    for (const auto o : {outcome::conforms, outcome::unsupported})
        EXPECT_EQ(compare(came_to(o), having(o)).how, standing::as_before);
}

TEST(Baseline, LetsBeJudgedWhatItDoesNotName) {
    for (const auto o : {outcome::conforms, outcome::unsupported, outcome::deviates, outcome::inconclusive,
                         outcome::violates, outcome::broken}) {
        const auto c = compare(came_to(o), baseline{"known.json", {}});
        EXPECT_EQ(c.counts, o);
        EXPECT_EQ(c.how, o <= outcome::unsupported ? standing::as_before : standing::fresh);
        EXPECT_FALSE(c.before);
    }
}

/// A user's own scenario may name none.
TEST(Baseline, KnowsAFailureWithoutARequirement) {
    const auto unnamed = came_to(outcome::violates, {nullptr});
    EXPECT_EQ(compare(unnamed, having(outcome::violates)).how, standing::known);
    EXPECT_EQ(compare(unnamed, having(outcome::violates, {""})).how, standing::known);
    EXPECT_EQ(compare(unnamed, having(outcome::violates, {"a.must"})).how, standing::fresh);
    EXPECT_EQ(compare(unnamed, having(outcome::conforms)).how, standing::fresh);
    const auto both = came_to(outcome::violates, {nullptr, &must});
    EXPECT_EQ(compare(both, having(outcome::violates, {"", "a.must"})).how, standing::known);
    EXPECT_EQ(compare(both, having(outcome::violates, {"a.must"})).how, standing::fresh);
}

TEST(ExitStatus, IsDecidedByWhatIsNew) {
    run_record run;
    for (const auto o : {outcome::violates, outcome::deviates, outcome::inconclusive}) {
        run.scenarios.push_back(came_to(o));
        run.scenarios.back().compared =
            std::make_shared<comparison>(comparison{standing::known, outcome::conforms, o, {}, {}});
    }
    EXPECT_EQ(exit_status(run, strictness::normal), 0);
    EXPECT_EQ(exit_status(run, strictness::strict), 0);
    run.scenarios.push_back(came_to(outcome::deviates, {&should}));
    run.scenarios.back().compared =
        std::make_shared<comparison>(compare(run.scenarios.back(), having(outcome::conforms)));
    EXPECT_EQ(exit_status(run, strictness::normal), 0);
    EXPECT_EQ(exit_status(run, strictness::strict), 1);
    run.scenarios.push_back(came_to(outcome::inconclusive));
    run.scenarios.back().compared =
        std::make_shared<comparison>(compare(run.scenarios.back(), having(outcome::violates)));
    EXPECT_EQ(exit_status(run, strictness::normal), 3);
}

TEST(Outcome, IsFoundByItsName) {
    EXPECT_EQ(outcome_called("violates"), outcome::violates);
    EXPECT_EQ(outcome_called("Violates"), std::nullopt);
    EXPECT_EQ(outcome_called(""), std::nullopt);
}

} // namespace
} // namespace mailspec::verdict
