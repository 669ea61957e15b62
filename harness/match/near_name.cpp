#include "harness/match/near_name.hpp"

#include "harness/match/ascii.hpp"

#include <algorithm>
#include <array>

namespace mailspec::match {

namespace {

constexpr std::size_t longest = 80; // names beyond that are no typing slips

std::size_t distance(std::string_view a, std::string_view b) {
    std::array<std::array<std::size_t, longest + 1>, 3> rows{};
    for (std::size_t j = 0; j <= b.size(); ++j)
        rows[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto& now = rows[i % 3];
        const auto& above = rows[(i + 2) % 3];
        const auto& two_above = rows[(i + 1) % 3];
        now[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool same = lower(a[i - 1]) == lower(b[j - 1]);
            now[j] = std::min({above[j] + 1, now[j - 1] + 1, above[j - 1] + (same ? 0u : 1u)});
            const bool swapped =
                i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
            if (swapped)
                now[j] = std::min(now[j], two_above[j - 2] + 1);
        }
    }
    return rows[a.size() % 3][b.size()];
}

} // namespace

std::string_view near_name(std::string_view wrong, std::span<const std::string_view> known) {
    std::string_view best;
    if (wrong.empty() || wrong.size() > longest)
        return best;
    std::size_t least = std::max<std::size_t>(1, wrong.size() / 3) + 1;
    for (const std::string_view name : known) {
        if (name.size() > longest)
            continue;
        const std::size_t d = distance(wrong, name);
        if (d < least && d < name.size()) {
            least = d;
            best = name;
        }
    }
    return best;
}

std::string did_you_mean(std::string_view wrong, std::span<const std::string_view> known) {
    const std::string_view name = near_name(wrong, known);
    return name.empty() ? std::string() : "; did you mean " + std::string(name) + "?";
}

} // namespace mailspec::match
