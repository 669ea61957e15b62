#include "harness/serve/mischief.hpp"

#include "tests/mischief/matrix.hpp"
#include "tests/mischief/trial.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>

namespace mailspec::mischief_test {
namespace {

std::string joined(const std::set<std::string>& lines) {
    std::string out;
    for (const auto& line : lines)
        out += "\n    " + line;
    return out;
}

/// Each breach in the scenarios that it may concern; tests/mischief/every.cpp tries it in all.
TEST(EveryMischief, IsReportedByNameByWhoeverClaimsTo) {
    const auto since = std::chrono::steady_clock::now();
    const auto trials = try_each(bundled_plan(patience::short_tempered), try_claimants, [](auto) { return true; });
    std::size_t runs = 0;
    for (const auto& t : trials) {
        runs += t.ran.size();
        for (const auto& fault : faults_of(t))
            ADD_FAILURE() << fault << joined(t.others);
        for (const auto& each : t.accused_on_paper)
            ADD_FAILURE() << t.breach->id << ": an audit of the transcript of " << each << ", which nobody found";
        for (const auto& each : t.lost_on_paper)
            ADD_FAILURE() << t.breach->id << ": an audit of the transcript does not find " << each;
    }
    EXPECT_GT(trials.size(), 150u);
    const auto slowest = std::ranges::max_element(trials, {}, &trial::took);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - since;
    std::printf("%zu breaches in %zu runs of scenarios: %.1f s; the slowest: %s, %.1f s\n", trials.size(), runs,
                took.count(), std::string(slowest->breach->id).c_str(), slowest->took.count());
}

TEST(EveryTranscript, IsReadBackByAnAuditThatFindsNothing) {
    for (const auto& record :
         in_memory(bundled_plan(patience::short_tempered), "", patience::short_tempered).scenarios) {
        const auto again = read_again(record);
        EXPECT_EQ(again.fault, "");
        for (const auto each : again.found)
            ADD_FAILURE() << record.info.id << ": " << each;
    }
}

/// A scenario is evidence of a requirement only if the breach of that requirement makes it fail; so there must be one.
TEST(EveryBundledScenario, ProvesOnlyWhatTheBuiltInServerCanBreak) {
    for (const auto& record : in_memory(bundled_plan(patience::short_tempered), "", patience::short_tempered).scenarios)
        for (const auto* proven : record.info.proves)
            EXPECT_TRUE(serve::mischief::refused({std::string(proven->id)}).empty() || is_beyond_built_in(record))
                << record.info.id << " proves " << proven->id;
}

} // namespace
} // namespace mailspec::mischief_test
