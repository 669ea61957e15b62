#include "reports/coverage_text.hpp"

#include <fmt/format.h>

#include <ostream>

namespace mailspec::reports {
namespace {

std::string count_line(std::string_view name, const coverage_count& c) {
    return fmt::format("  {:<24}{:>10}{:>8}{:>12}{:>6}{:>8}\n", name, c.catalogued, c.proven, c.untestable, c.open,
                       c.share());
}

std::string places(const rfc::requirement& r) {
    std::string out;
    for (const auto* s : places_of(r))
        out.append(out.empty() ? "" : ", ").append(fmt::format("RFC {} section {}", s->rfc, s->section));
    return out;
}

} // namespace

void write_coverage_text(std::ostream& out, const coverage& all) {
    out << fmt::format("  {:<24}{:>10}{:>8}{:>12}{:>6}{:>8}\n", "", "catalogued", "proven", "untestable", "open",
                       "share");
    for (const auto& [rfc, levels] : counts_of(all))
        for (const auto& [level, count] : levels)
            out << count_line(fmt::format("RFC {:<6} {}", rfc, rfc::to_string(level)), count);
    out << count_line("each once", total_of(all))
        << "\nproven: noticed where it is broken, and a mischief shows that; share: of what a black box can test.\n";
    for (const auto& each : all.requirements) {
        const auto& r = *each.what;
        const auto profile = profile_of(r);
        out << fmt::format("\n{:<10}  {:<10}  {}: {}\n", to_string(each.stands()), rfc::to_string(r.strength), r.id,
                           r.title)
            << fmt::format("            {}{}\n            {}\n", places(r),
                           profile.empty() ? "" : fmt::format(" ({})", profile), reason_of(each));
    }
    out << std::flush;
}

} // namespace mailspec::reports
