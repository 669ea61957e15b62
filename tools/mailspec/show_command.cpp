#include "tools/mailspec/commands.hpp"
#include "tools/mailspec/scenarios.hpp"

#include "harness/match/near_name.hpp"
#include "reports/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

namespace mailspec::tools {
namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words)
        out += (out.empty() ? "" : ", ") + word;
    return out;
}

std::string described(const scenario::scenario& s) {
    std::string text = fmt::format("{}: {}\n{}\n", s.id, s.title, s.file);
    for (const auto& question : s.questions)
        text += fmt::format("\nasks: {}\n", question);
    if (!s.proves.empty())
        text += "\nproves\n";
    for (const auto* requirement : s.proves)
        text += reports::cite(*requirement);
    if (!s.needs.empty())
        text += fmt::format("\nneeds: {}\n", joined(s.needs));
    if (!s.tags.empty())
        text += fmt::format("\ntags: {}\n", joined(s.tags));
    return text;
}

std::string not_found(const std::string& id, const std::vector<scenario_source>& sources) {
    std::vector<std::string_view> ids;
    for (const auto& s : sources)
        ids.push_back(s.id);
    return fmt::format("mailspec: there is no scenario '{}'{}\n", id, match::did_you_mean(id, ids));
}

} // namespace

int show_command(const show_arguments& how, const world& to) {
    const auto found = find_sources(how.from);
    if (const auto* fault = std::get_if<std::string>(&found)) {
        to.err << "mailspec: " << *fault << "\n";
        return exit_bad_usage;
    }
    const auto& sources = std::get<std::vector<scenario_source>>(found);
    const auto it = std::ranges::find(sources, how.id, &scenario_source::id);
    if (it == sources.end()) {
        to.err << not_found(how.id, sources);
        return exit_bad_usage;
    }
    const auto loaded = load_all({*it});
    for (const auto& error : loaded.errors)
        to.err << printable(error.show());
    if (loaded.scenarios.empty())
        return exit_bad_usage;
    to.out << described(*loaded.scenarios.front()) << "\n" << it->xml << (it->xml.ends_with('\n') ? "" : "\n");
    return exit_done;
}

} // namespace mailspec::tools
