#include "tools/mailspec/baseline_file.hpp"

#include "tools/mailspec/files.hpp"
#include "tools/mailspec/scenarios.hpp"

#include "harness/rfc/catalogue.hpp"
#include "harness/scenario/bundled.hpp"
#include "reports/baseline_json.hpp"
#include "reports/summary.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <set>
#include <string_view>

namespace mailspec::tools {
namespace {

std::set<std::string, std::less<>> ids_of_scenarios(const scenario_choice& which) {
    std::set<std::string, std::less<>> ids;
    for (const auto& each : scenario::bundled_outlines())
        ids.emplace(each.id);
    if (which.from.empty())
        return ids;
    const auto found = find_sources(which.from);
    if (const auto* sources = std::get_if<std::vector<scenario_source>>(&found))
        for (const auto& each : *sources)
            ids.insert(each.id);
    return ids;
}

} // namespace

std::variant<verdict::baseline, std::string> read_baseline(const std::string& file) {
    std::error_code ignored;
    if (std::filesystem::is_character_file(file, ignored)) // it may never end
        return "could not read " + file + ": a device holds no baseline";
    const auto read = read_file(file);
    if (const auto* fault = std::get_if<std::string>(&read))
        return *fault;
    return reports::read_baseline_json(std::get<contents>(read).octets, file);
}

std::vector<std::string> strangers_in(const verdict::baseline& known, const scenario_choice& which) {
    const auto ids = ids_of_scenarios(which);
    std::vector<std::string_view> scenarios;
    std::set<std::string_view> requirements;
    for (const auto& [id, scenario] : known.scenarios) {
        if (!ids.contains(id))
            scenarios.push_back(id);
        for (const auto& broken : scenario.broken)
            if (!broken.empty() && !rfc::find(broken))
                requirements.insert(broken);
    }
    std::vector<std::string> lines;
    const auto tell = [&](std::string_view what, const std::vector<std::string_view>& which_ones) {
        if (!which_ones.empty())
            lines.push_back(
                fmt::format("{} names {} that there are not: {}", known.name, what, reports::some_of(which_ones)));
    };
    tell("scenarios", scenarios);
    tell("requirements", {requirements.begin(), requirements.end()});
    return lines;
}

} // namespace mailspec::tools
