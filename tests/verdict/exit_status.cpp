#include "harness/verdict/record.hpp"

#include <gtest/gtest.h>

namespace mailspec::verdict {
namespace {

run_record run_of(std::initializer_list<outcome> results) {
    run_record run;
    for (const auto result : results) {
        scenario_record each;
        each.result = result;
        run.scenarios.push_back(std::move(each));
    }
    return run;
}

int status(std::initializer_list<outcome> results, strictness s = strictness::normal) {
    return exit_status(run_of(results), s);
}

TEST(ExitStatus, IsZeroWhenNothingFailed) {
    EXPECT_EQ(status({outcome::conforms, outcome::unsupported, outcome::deviates}), 0);
}

TEST(ExitStatus, CountsADeviationOnlyWhenStrict) {
    EXPECT_EQ(status({outcome::conforms, outcome::deviates}, strictness::strict), 1);
}

TEST(ExitStatus, RanksBrokenBeforeViolatesBeforeInconclusive) {
    EXPECT_EQ(status({outcome::inconclusive}), 3);
    EXPECT_EQ(status({outcome::inconclusive, outcome::violates}), 1);
    EXPECT_EQ(status({outcome::violates, outcome::broken, outcome::inconclusive}), 4);
}

TEST(ExitStatus, IsNeverZeroWhenNothingRan) { EXPECT_EQ(status({}), 2); }

TEST(ExitStatus, SaysThatItWasInterrupted) {
    auto run = run_of({outcome::violates});
    run.interrupted = true;
    EXPECT_EQ(exit_status(run, strictness::normal), 130);
}

TEST(Outcome, HasTheNamesOfTheDesign) {
    EXPECT_EQ(to_string(outcome::conforms), "conforms");
    EXPECT_EQ(to_string(outcome::broken), "broken");
}

} // namespace
} // namespace mailspec::verdict
