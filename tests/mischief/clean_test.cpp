#include "tests/mischief/trial.hpp"

#include <gtest/gtest.h>

namespace mailspec::mischief_test {
namespace {

TEST(TheCleanServer, ConformsInEveryBundledScenario) {
    const auto plan = bundled_plan(patience::as_written);
    const auto run = against_built_in(plan, "", patience::as_written);
    EXPECT_EQ(run.scenarios.size(), plan.scenarios.size());
    EXPECT_GT(run.scenarios.size(), 100u);
    for (const auto& record : run.scenarios) {
        EXPECT_TRUE(accused_of(record).empty()) << show(record);
        EXPECT_EQ(record.result, verdict::outcome::conforms) << show(record);
    }
}

} // namespace
} // namespace mailspec::mischief_test
