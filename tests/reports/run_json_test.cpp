#include "reports/baseline_json.hpp"
#include "reports/run_json.hpp"

#include "tests/reports/approved.hpp"
#include "tests/reports/sample_run.hpp"

#include <gmock/gmock.h>

#include <sstream>

using namespace mailspec;
using mailspec::tests::differs_from_approved;
using mailspec::tests::sample_run;
using mailspec::tests::sample_run_against_baseline;
using mailspec::tests::under_attack;
using verdict::outcome;

namespace {

std::string json(const verdict::run_record& run) {
    std::ostringstream out;
    reports::write_run_json(out, run);
    return out.str();
}

verdict::baseline read(const std::string& text) {
    auto made = reports::read_baseline_json(text, "known.json");
    if (const auto* fault = std::get_if<std::string>(&made)) {
        ADD_FAILURE() << *fault;
        return {};
    }
    return std::get<verdict::baseline>(std::move(made));
}

} // namespace

TEST(RunJson, IsWhatWeApproved) { EXPECT_EQ(differs_from_approved("run.json", json(sample_run())), ""); }

TEST(RunJson, TellsHowARunStandsToABaseline) {
    auto run = sample_run_against_baseline();
    run.info.times = 3;
    run.interrupted = true;
    run.scenarios[0].plays.count(outcome::violates);
    run.scenarios[0].left_behind = {"mailspec-x"};
    EXPECT_EQ(differs_from_approved("run-baseline.json", json(run)), "");
}

TEST(RunJson, OfARunOfNothingIsABaselineOfNothing) { EXPECT_TRUE(read(json({})).scenarios.empty()); }

TEST(RunJson, IsABaselineByWhichNothingIsNew) {
    for (auto run : {sample_run(), sample_run_against_baseline()}) {
        const auto known = read(json(run));
        EXPECT_EQ(known.name, "known.json");
        EXPECT_EQ(known.scenarios.size(), run.scenarios.size());
        for (const auto& each : run.scenarios) {
            const auto how = verdict::compare(each, known).how;
            EXPECT_EQ(how, each.result == outcome::broken ? verdict::standing::fresh
                           : each.result == outcome::conforms || each.result == outcome::unsupported
                               ? verdict::standing::as_before
                               : verdict::standing::known)
                << each.info.id;
        }
    }
}

/// The library that reads it takes no octets that are no UTF-8, nor control characters.
TEST(RunJson, IsValidWhateverAServerSaid) {
    std::string attack = "\\u0000\\\"},{\xe2\x80\xae\xed\xa0\x80\xf4\x90\x80\x80";
    for (int c = 0; c < 256; ++c)
        attack += static_cast<char>(c);
    const auto run = under_attack(sample_run_against_baseline(), attack);
    const auto text = json(run);
    EXPECT_EQ(read(text).scenarios.size(), run.scenarios.size());
    EXPECT_EQ(text.find_first_of(std::string("\0\x01\r\x7f", 4)), std::string::npos);
}
