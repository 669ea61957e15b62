#pragma once

#include <cstdint>
#include <vector>

namespace mailspec::observe {

/// Follows message sequence numbers through EXPUNGE: where the message that had a number at the mark stands now.
///
/// Source   RFC 9051 section 7.5.1: an EXPUNGE takes its message out and renumbers those behind it at once.
class numbering {
public:
    void mark() { expunged_.clear(); }
    void expunge(std::uint32_t number) { expunged_.push_back(number); }
    /// Takes a number as it was at the mark; gives the number now, 0 when that message is gone.
    std::uint32_t now(std::uint32_t number) const;

private:
    std::vector<std::uint32_t> expunged_; ///< since the mark, in order
};

} // namespace mailspec::observe
