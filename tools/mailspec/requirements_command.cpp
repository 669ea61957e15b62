#include "tools/mailspec/commands.hpp"
#include "tools/mailspec/coverage.hpp"
#include "tools/mailspec/scenarios.hpp"

#include "reports/coverage_json.hpp"
#include "reports/coverage_markdown.hpp"
#include "reports/coverage_text.hpp"

#include <algorithm>
#include <ostream>

namespace mailspec::tools {
namespace {

/// An empty list wants everything.
bool is_wanted(std::string_view what, const std::vector<std::string>& wanted) {
    return wanted.empty() || std::ranges::find(wanted, what) != wanted.end();
}

bool is_wanted(const reports::covered& c, const requirements_arguments& how) {
    return is_wanted(rfc::to_string(c.what->strength), how.levels) &&
           is_wanted(reports::to_string(c.stands()), how.states) &&
           std::ranges::any_of(c.what->sources, [&](const auto& s) { return is_wanted(s.rfc, how.rfcs); });
}

} // namespace

int requirements_command(const requirements_arguments& how, const world& to) {
    auto all = coverage_of(bundled_scenarios());
    all.counted = how.rfcs;
    std::erase_if(all.requirements, [&](const reports::covered& each) { return !is_wanted(each, how); });
    if (all.requirements.empty()) {
        to.err << "mailspec: there is no such requirement\n";
        return exit_bad_usage;
    }
    switch (how.as) {
    case requirements_arguments::format::text: reports::write_coverage_text(to.out, all); break;
    case requirements_arguments::format::json: reports::write_coverage_json(to.out, all, MAILSPEC_VERSION); break;
    case requirements_arguments::format::markdown: reports::write_coverage_markdown(to.out, all); break;
    }
    return exit_done;
}

} // namespace mailspec::tools
