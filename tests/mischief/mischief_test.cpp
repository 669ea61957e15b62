#include "harness/serve/mischief.hpp"

#include "tests/mischief/trial.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>

namespace mailspec::mischief_test {
namespace {

/// What came of one breach.
struct trial {
    std::string_view breach;
    std::set<std::string> caught_by; ///< scenarios that violate or deviate and name that very requirement
    std::set<std::string> others;    ///< what else was said, to be shown where none does
};

using verdict::outcome;

trial try_breach(const run::plan& plan, std::string_view breach) {
    trial out{breach, {}, {}};
    const auto run = against_built_in(without_other_facts(plan, breach), breach, patience::short_tempered);
    for (const auto& record : run.scenarios) {
        const bool fails = record.result == outcome::violates || record.result == outcome::deviates;
        if (fails && accused_of(record).contains(breach))
            out.caught_by.insert(record.info.id);
        else if (record.result != outcome::conforms && record.result != outcome::unsupported)
            out.others.insert(show(record));
    }
    return out;
}

/// All breaches, each against a server of its own, as many at a time as there are processors.
const std::map<std::string_view, trial>& trials() {
    static const auto all = [] {
        const auto plan = bundled_plan(patience::short_tempered);
        const auto& known = serve::mischief::known();
        std::vector<trial> done(known.size());
        std::atomic<std::size_t> next{0};
        const auto work = [&] {
            for (auto i = next++; i < known.size(); i = next++)
                done[i] = try_breach(plan, known[i]->id);
        };
        {
            std::vector<std::jthread> workers;
            for (unsigned i = 0; i < std::max(2u, std::thread::hardware_concurrency()); ++i)
                workers.emplace_back(work);
        }
        std::map<std::string_view, trial> out;
        for (auto& each : done)
            out.emplace(each.breach, std::move(each));
        return out;
    }();
    return all;
}

TEST(EveryMischief, IsCaughtAndNamed) {
    EXPECT_GT(trials().size(), 150u);
    for (const auto& [breach, came] : trials()) {
        std::string others;
        for (const auto& each : came.others)
            others += "\n    " + each;
        EXPECT_FALSE(came.caught_by.empty()) << breach << others;
    }
}

/// A scenario is evidence of a requirement only if the breach of that requirement makes it fail, by that name.
TEST(EveryBundledScenario, FailsWhereWhatItProvesIsBroken) {
    const auto plan = bundled_plan(patience::short_tempered);
    for (const auto& scenario : plan.scenarios) {
        for (const auto* proven : scenario->proves) {
            const auto found = trials().find(proven->id);
            const bool fails = found != trials().end() && found->second.caught_by.contains(scenario->id);
            EXPECT_TRUE(fails) << scenario->id << " stays whole where " << proven->id << " is broken";
        }
    }
}

} // namespace
} // namespace mailspec::mischief_test
