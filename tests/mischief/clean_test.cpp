#include "tests/mischief/trial.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace mailspec::mischief_test {
namespace {

/// What the built-in server has not: what shows it is tried where a breach announces it, and on real servers.
constexpr std::string_view lacking[] = {"CONDSTORE", "QRESYNC"};

bool wants_what_is_lacking(const verdict::scenario_record& record) {
    return record.result == verdict::outcome::unsupported && std::ranges::any_of(lacking, [&](auto each) {
               return record.reason.ends_with("does not announce " + std::string(each));
           });
}

void expect_all_conform(const run::plan& plan, const verdict::run_record& run) {
    EXPECT_EQ(run.scenarios.size(), plan.scenarios.size());
    EXPECT_GT(run.scenarios.size(), 100u);
    for (const auto& record : run.scenarios) {
        EXPECT_TRUE(accused_of(record).empty()) << show(record);
        EXPECT_TRUE(record.result == verdict::outcome::conforms || wants_what_is_lacking(record)) << show(record);
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
