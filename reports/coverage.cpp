#include "reports/coverage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace mailspec::reports {
namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words)
        out.append(out.empty() ? "" : ", ").append(word);
    return out;
}

bool is_number(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool stands_only_in(const rfc::requirement& r, std::string_view rfc) {
    return std::ranges::all_of(r.sources, [&](const rfc::citation& s) { return s.rfc == rfc; });
}

/// "imap/noop, imap/idle, answers of facts/imap/idle, the monitor"
std::string who_notices(const covered& c) {
    std::vector<std::string> all = c.proven_by;
    for (const auto& id : c.answered_by)
        all.push_back("answers of " + id);
    for (const auto& who : c.watched_by)
        all.push_back("the " + who);
    return joined(all);
}

} // namespace

covered::state covered::stands() const {
    const bool noticed = !proven_by.empty() || !answered_by.empty() || !watched_by.empty();
    if (noticed && shown == breach::known)
        return state::proven;
    return what->untestable.empty() ? state::open : state::untestable;
}

std::string_view to_string(covered::state s) {
    switch (s) {
    case covered::state::proven: return "proven";
    case covered::state::untestable: return "untestable";
    case covered::state::open: break;
    }
    return "open";
}

std::string_view profile_of(const rfc::requirement& r) {
    if (!r.id.starts_with("imap."))
        return "";
    return stands_only_in(r, "3501") ? "rev1" : stands_only_in(r, "9051") ? "rev2" : "both";
}

std::string reason_of(const covered& c) {
    const auto who = who_notices(c);
    switch (c.stands()) {
    case covered::state::proven: return fmt::format("proven by {}; shown by the mischief {}", who, c.what->id);
    case covered::state::untestable: return fmt::format("untestable, because {}", c.what->untestable);
    case covered::state::open: break;
    }
    if (!who.empty())
        return fmt::format("claimed by {}; no mischief shows it", who);
    return c.shown == covered::breach::known ? "open: nothing notices its mischief" : "open";
}

void coverage_count::add(covered::state s) {
    ++catalogued;
    ++(s == covered::state::proven ? proven : s == covered::state::untestable ? untestable : open);
}

std::string coverage_count::share() const {
    return testable() == 0 ? "-" : fmt::format("{} %", proven * 100 / testable());
}

bool by_number::operator()(std::string_view a, std::string_view b) const {
    const auto key = [](std::string_view rfc) {
        return std::tuple(!is_number(rfc), is_number(rfc) ? rfc.size() : 0, rfc);
    };
    return key(a) < key(b);
}

coverage_counts counts_of(const coverage& all) {
    coverage_counts counts;
    for (const auto& each : all.requirements) {
        std::set<std::string_view> rfcs;
        for (const auto& source : each.what->sources)
            if (all.counted.empty() || std::ranges::find(all.counted, source.rfc) != all.counted.end())
                rfcs.insert(source.rfc);
        for (const auto rfc : rfcs)
            counts[rfc][each.what->strength].add(each.stands());
    }
    return counts;
}

coverage_count total_of(const coverage& all) {
    coverage_count total;
    for (const auto& each : all.requirements)
        total.add(each.stands());
    return total;
}

std::vector<const rfc::citation*> places_of(const rfc::requirement& r) {
    std::vector<const rfc::citation*> out;
    for (const auto& each : r.sources)
        if (std::ranges::none_of(out, [&](const auto* s) { return s->rfc == each.rfc && s->section == each.section; }))
            out.push_back(&each);
    return out;
}

} // namespace mailspec::reports
