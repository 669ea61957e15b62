#include "reports/difference.hpp"

#include "reports/escape.hpp"

#include <algorithm>
#include <array>

namespace mailspec::reports {
namespace {

using line = std::array<std::string, 5>;

/// Cells hold what a server said.
line cells_of(const verdict::difference& row) {
    constexpr std::size_t longest = 80;
    return {our_words(row.what), printable(row.before, longest), printable(row.after, longest), our_words(row.declared),
            printable(row.told, longest)};
}

} // namespace

std::string difference_table(const std::vector<verdict::difference>& rows, std::string_view margin) {
    if (rows.empty())
        return {};
    std::vector<line> lines{{"what", "before", "after", "declared", "the session was told"}};
    for (const auto& row : rows)
        lines.push_back(cells_of(row));
    const bool told = std::ranges::any_of(rows, [](const auto& row) { return !row.told.empty(); });
    const std::size_t columns = told ? 5 : 4;
    std::array<std::size_t, 5> widths{};
    for (const auto& each : lines)
        for (std::size_t i = 0; i < columns; ++i)
            widths[i] = std::max(widths[i], each[i].size());
    std::string out;
    for (const auto& each : lines) {
        std::string shown(margin);
        for (std::size_t i = 0; i < columns; ++i)
            shown += (i == 0 ? "" : " | ") + each[i] + std::string(widths[i] - each[i].size(), ' ');
        shown.erase(shown.find_last_not_of(' ') + 1);
        out += shown + '\n';
    }
    return out;
}

} // namespace mailspec::reports
