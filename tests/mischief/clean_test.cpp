#include "tests/mischief/trial.hpp"

#include <gtest/gtest.h>

namespace mailspec::mischief_test {
namespace {

void expect_all_conform(const run::plan& plan, const verdict::run_record& run) {
    EXPECT_EQ(run.scenarios.size(), plan.scenarios.size());
    EXPECT_GT(run.scenarios.size(), 100u);
    for (const auto& record : run.scenarios) {
        EXPECT_TRUE(accused_of(record).empty()) << show(record);
        EXPECT_TRUE(record.result == verdict::outcome::conforms || is_beyond_built_in(record)) << show(record);
    }
}

TEST(TheCleanServer, ConformsInEveryBundledScenario) {
    const auto plan = bundled_plan(patience::as_written);
    expect_all_conform(plan, against_built_in(plan, "", patience::as_written));
}

TEST(TheCleanServer, ConformsInMemoryToo) {
    const auto plan = bundled_plan(patience::short_tempered);
    expect_all_conform(plan, in_memory(plan, "", patience::short_tempered));
}

} // namespace
} // namespace mailspec::mischief_test
