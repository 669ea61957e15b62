#include "harness/serve/imap/sequence_set.hpp"

#include <algorithm>

namespace mailspec::serve::imap {

std::vector<std::pair<std::uint32_t, std::uint32_t>> sequence_set::resolve(std::uint32_t most) const {
    auto all = ranges;
    for (auto& [low, high] : all) {
        low = low == star ? most : low;
        high = high == star ? most : high;
        if (low > high)
            std::swap(low, high);
    }
    std::ranges::sort(all);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> merged;
    for (auto [low, high] : all) {
        if (!merged.empty() && low <= merged.back().second)
            merged.back().second = std::max(merged.back().second, high);
        else
            merged.emplace_back(low, high);
    }
    return merged;
}

bool sequence_set::exceeds(std::uint32_t most) const {
    auto beyond = [most](std::uint32_t n) { return n == star ? most == 0 : n > most; };
    return std::ranges::any_of(ranges, [&](const auto& r) { return beyond(r.first) || beyond(r.second); });
}

std::vector<std::uint32_t> sequence_set::pick(std::span<const std::uint32_t> uids) const {
    std::vector<std::uint32_t> found;
    if (uids.empty())
        return found;
    auto from = uids.begin();
    for (auto [low, high] : resolve(uids.back())) {
        for (from = std::lower_bound(from, uids.end(), low); from != uids.end() && *from <= high; ++from)
            found.push_back(static_cast<std::uint32_t>(from - uids.begin()));
    }
    return found;
}

bool sequence_set::contains(std::uint32_t number, std::uint32_t most) const {
    return std::ranges::any_of(ranges, [&](const auto& r) {
        auto low = r.first == star ? most : r.first;
        auto high = r.second == star ? most : r.second;
        return std::min(low, high) <= number && number <= std::max(low, high);
    });
}

} // namespace mailspec::serve::imap
