#include "reports/coverage.hpp"
#include "reports/coverage_json.hpp"
#include "reports/coverage_markdown.hpp"
#include "reports/coverage_text.hpp"

#include "tests/reports/approved.hpp"
#include "tests/reports/sample_coverage.hpp"

#include <gmock/gmock.h>

#include <sstream>

using namespace mailspec;
using mailspec::tests::differs_from_approved;
using mailspec::tests::sample_coverage;
using reports::covered;
using testing::HasSubstr;
using testing::Not;

namespace {

std::string text(const reports::coverage& all) {
    std::ostringstream out;
    reports::write_coverage_text(out, all);
    return out.str();
}

std::string json(const reports::coverage& all) {
    std::ostringstream out;
    reports::write_coverage_json(out, all, "0.1.0");
    return out.str();
}

std::string markdown(const reports::coverage& all) {
    std::ostringstream out;
    reports::write_coverage_markdown(out, all);
    return out.str();
}

} // namespace

TEST(Coverage, AsTextIsWhatWeApproved) {
    EXPECT_EQ(differs_from_approved("coverage.txt", text(sample_coverage())), "");
}

TEST(Coverage, AsJsonIsWhatWeApproved) {
    EXPECT_EQ(differs_from_approved("coverage.json", json(sample_coverage())), "");
}

TEST(Coverage, AsMarkdownIsWhatWeApproved) {
    EXPECT_EQ(differs_from_approved("coverage.md", markdown(sample_coverage())), "");
}

TEST(Coverage, IsProvenOnlyWhereABreachWasShown) {
    auto all = sample_coverage().requirements;
    EXPECT_EQ(all[0].stands(), covered::state::proven);
    all[0].shown = covered::breach::none;
    EXPECT_EQ(all[0].stands(), covered::state::open);
    EXPECT_EQ(all[3].stands(), covered::state::open);
    all[3].shown = covered::breach::known;
    EXPECT_EQ(all[3].stands(), covered::state::open);
    EXPECT_EQ(all[4].stands(), covered::state::untestable);
}

TEST(Coverage, CountsARequirementForEachRfcThatStatesItAndOnceInAll) {
    const auto counts = counts_of(sample_coverage());
    EXPECT_EQ(counts.at("3501").at(rfc::level::must).proven, 2u);
    EXPECT_EQ(counts.at("9051").at(rfc::level::must).proven, 1u);
    EXPECT_EQ(total_of(sample_coverage()).catalogued, 5u);
    EXPECT_EQ(counts.begin()->first, "2449");
}

TEST(Coverage, CountsOnlyTheRfcsThatAreMeant) {
    auto all = sample_coverage();
    all.counted = {"3501"};
    EXPECT_EQ(counts_of(all).size(), 1u);
    EXPECT_THAT(text(all), Not(HasSubstr("RFC 9051   MUST ")));
}
