#include "reports/coverage_markdown.hpp"

#include "reports/markdown.hpp"

#include <fmt/format.h>

#include <ostream>

namespace mailspec::reports {
namespace {

std::string count_row(std::string_view rfc, std::string_view level, const coverage_count& c) {
    return fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", rfc, level, c.catalogued, c.proven, c.untestable,
                       c.open, c.share());
}

std::string places(const rfc::requirement& r) {
    std::string out;
    for (const auto* s : places_of(r))
        out.append(out.empty() ? "" : ", ").append(fmt::format("{} §{}", s->rfc, s->section));
    return out;
}

} // namespace

void write_coverage_markdown(std::ostream& out, const coverage& all) {
    out << "| RFC | level | catalogued | proven | untestable | open | of the testable "
           "|\n|---|---|---|---|---|---|---|\n";
    for (const auto& [rfc, levels] : counts_of(all))
        for (const auto& [level, count] : levels)
            out << count_row(markdown_text(rfc), rfc::to_string(level), count);
    out << count_row("each once", "", total_of(all));
    std::string_view group;
    for (const auto& each : all.requirements) {
        const auto& r = *each.what;
        const auto protocol = r.id.substr(0, r.id.find('.'));
        if (protocol != group)
            out << "\n## " << markdown_text(protocol)
                << "\n\n| requirement | level | profile | stands in | |\n|---|---|---|---|---|\n";
        group = protocol;
        out << fmt::format("| `{}`: {} | {} | {} | {} | {} |\n", r.id, markdown_text(r.title),
                           rfc::to_string(r.strength), profile_of(r), markdown_text(places(r)),
                           markdown_text(reason_of(each)));
    }
    out << std::flush;
}

} // namespace mailspec::reports
