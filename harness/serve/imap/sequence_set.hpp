#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace mailspec::serve::imap {

/// A set of message numbers or unique identifiers as a client wrote it.
/// Source: RFC 3501 section 9, sequence-set.
struct sequence_set {
    static constexpr std::uint32_t star = 0;

    std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges; ///< star for "*"
    bool saved = false; ///< "$": the result of the last SEARCH that was saved (RFC 5182 section 2.1)

    /// The numbers of the set among 1..most, "*" being most: ranges ascending, without overlap, low first.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> resolve(std::uint32_t most) const;

    /// True when some number is above most, or "*" is used while there is none.
    bool exceeds(std::uint32_t most) const;

    /// Which of the ascending uids the set names, "*" being the last of them; their indices, ascending.
    std::vector<std::uint32_t> pick(std::span<const std::uint32_t> uids) const;

    bool contains(std::uint32_t number, std::uint32_t most) const;
};

} // namespace mailspec::serve::imap
