#include "harness/scenario/bundled.hpp"
#include "harness/scenario/load.hpp"

#include "tests/mischief/trial.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace mailspec::mischief_test {
namespace {

std::string page() {
    std::ifstream file(std::string(MAILSPEC_SOURCE_DIR) + "/scenarios/README.md", std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Every ```xml block of the page.
run::plan examples() {
    const std::string text = page(), open = "```xml\n";
    std::vector<run::scenario_ptr> all;
    for (std::size_t at = text.find(open); at != std::string::npos; at = text.find(open, at)) {
        at += open.size();
        const auto xml = text.substr(at, text.find("```", at) - at);
        const auto id_at = xml.find("id=\"") + 4;
        const auto id = xml.substr(id_at, xml.find('"', id_at) - id_at);
        auto made = scenario::load(id, "scenarios/README.md", xml, scenario::bundled_messages());
        if (auto* one = std::get_if<scenario::scenario>(&made))
            all.push_back(std::make_shared<const scenario::scenario>(std::move(*one)));
        else
            ADD_FAILURE() << std::get<scenario::load_error>(made).show();
    }
    return std::get<run::plan>(run::select(all, {}));
}

TEST(TheExamplesOfTheReadme, AllHoldOnTheBuiltInServer) {
    const auto plan = examples();
    EXPECT_GE(plan.scenarios.size(), 15u);
    const auto run = against_built_in(plan, "", patience::as_written);
    EXPECT_EQ(run.scenarios.size(), plan.scenarios.size());
    for (const auto& record : run.scenarios)
        EXPECT_EQ(record.result, verdict::outcome::conforms) << show(record);
}

} // namespace
} // namespace mailspec::mischief_test
