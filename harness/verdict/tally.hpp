#pragma once

#include "harness/verdict/outcome.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <numeric>

namespace mailspec::verdict {

constexpr std::size_t outcome_count = 6;

/// How many had each outcome, by its number.
struct tally {
    std::array<std::uint32_t, outcome_count> by_outcome{};
    void count(outcome o) { ++by_outcome[static_cast<std::size_t>(o)]; }
    std::size_t of(outcome o) const { return by_outcome[static_cast<std::size_t>(o)]; }
    std::size_t total() const { return std::accumulate(by_outcome.begin(), by_outcome.end(), std::size_t{0}); }
};

} // namespace mailspec::verdict
