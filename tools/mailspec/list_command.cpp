#include "tools/mailspec/commands.hpp"
#include "tools/mailspec/scenarios.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <ostream>

namespace mailspec::tools {
namespace {

constexpr std::size_t widest_id = 48;

void print_titles(const run::plan& plan, std::ostream& out) {
    std::size_t width = 0;
    for (const auto& s : plan.scenarios)
        width = std::max(width, std::min(s->id.size(), widest_id));
    std::string text;
    for (const auto& s : plan.scenarios)
        text += fmt::format("{:<{}}  {}\n", s->id, width, s->title);
    out << text;
}

void print_tags(const run::plan& plan, std::ostream& out) {
    std::map<std::string, std::size_t> tags;
    for (const auto& s : plan.scenarios)
        for (const auto& tag : s->tags)
            ++tags[tag];
    for (const auto& [tag, count] : tags)
        out << fmt::format("{:6}  {}\n", count, tag);
}

} // namespace

int list_command(const list_arguments& how, const world& to) {
    const auto plan = choose_outlines(how.which, to.err);
    if (!plan)
        return exit_bad_usage;
    if (how.tags_only)
        print_tags(*plan, to.out);
    else
        print_titles(*plan, to.out);
    return exit_done;
}

} // namespace mailspec::tools
