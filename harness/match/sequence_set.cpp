#include "harness/match/sequence_set.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <vector>

namespace mailspec::match {

namespace {

using range = std::pair<std::uint64_t, std::uint64_t>;
constexpr std::uint64_t star = 1ull << 40; // beyond every number

std::optional<std::uint64_t> take_number(std::string_view& s) {
    if (s.starts_with('*')) {
        s.remove_prefix(1);
        return star;
    }
    std::uint32_t n = 0;
    const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), n);
    if (error != std::errc() || n == 0)
        return std::nullopt;
    s.remove_prefix(static_cast<std::size_t>(end - s.data()));
    return n;
}

std::optional<std::vector<range>> ranges(std::string_view s) {
    std::vector<range> out;
    for (;;) {
        const auto first = take_number(s);
        if (!first)
            return std::nullopt;
        std::optional<std::uint64_t> last = first;
        if (s.starts_with(':')) {
            s.remove_prefix(1);
            last = take_number(s);
        }
        if (!last)
            return std::nullopt;
        out.emplace_back(std::min(*first, *last), std::max(*first, *last));
        if (s.empty())
            break;
        if (!s.starts_with(','))
            return std::nullopt;
        s.remove_prefix(1);
    }
    std::sort(out.begin(), out.end());
    std::vector<range> merged;
    for (const range& r : out) {
        if (!merged.empty() && r.first <= merged.back().second + 1)
            merged.back().second = std::max(merged.back().second, r.second);
        else
            merged.push_back(r);
    }
    return merged;
}

} // namespace

bool same_numbers(std::string_view a, std::string_view b) {
    const bool sets =
        a.find_first_of(":,") != std::string_view::npos || b.find_first_of(":,") != std::string_view::npos;
    if (!sets || a.find_first_not_of("0123456789:,*") != std::string_view::npos)
        return false;
    const auto left = ranges(a);
    return left && left == ranges(b);
}

} // namespace mailspec::match
