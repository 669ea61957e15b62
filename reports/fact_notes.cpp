#include "reports/fact_notes.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailspec::reports {
namespace {

std::string why(const fact_cell& cell) {
    return fmt::format("{}: {}", to_string(cell.what), cell.reason.empty() ? "no reason was given" : cell.reason);
}

template <typename T> void add(std::vector<T>& to, T value) {
    if (std::ranges::find(to, value) == to.end())
        to.push_back(std::move(value));
}

bool needs_reason(const fact_cell& cell) {
    return cell.what != fact_cell::kind::answered && cell.what != fact_cell::kind::missing;
}

} // namespace

fact_notes::fact_notes(const facts& of) {
    for (const auto& row : of.rows)
        for (const auto& cell : row.cells) {
            if (cell.breaks)
                add(broken, cell.breaks);
            if (needs_reason(cell))
                add(reasons, why(cell));
        }
}

std::size_t fact_notes::number(const fact_cell& cell) const {
    const auto place = [](const auto& in, const auto& what) {
        return static_cast<std::size_t>(std::ranges::find(in, what) - in.begin()) + 1;
    };
    if (cell.breaks)
        return place(broken, cell.breaks);
    return needs_reason(cell) ? broken.size() + place(reasons, why(cell)) : 0;
}

std::string headline(const rfc::requirement& broken) {
    return fmt::format("{} {}: {}", rfc::to_string(broken.strength), broken.id, broken.title);
}

std::string quotation(const rfc::citation& source) {
    return fmt::format("RFC {} section {}: \"{}\"", source.rfc, source.section, source.sentence);
}

} // namespace mailspec::reports
