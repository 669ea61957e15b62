#pragma once

#include "harness/wire/buffer.hpp"

#include <optional>

namespace mailspec::wire {

/// One line of a reply that may go on: where it starts and where the next one would.
struct line_span {
    std::uint64_t at = 0;
    std::uint64_t end = 0; ///< after its line feed
};

/// Finds line feeds in a growing buffer, looking at each octet once, and keeps to the limits.
///
/// What the readers of line-based replies (POP3, SMTP) share. Octets cut anywhere give the same lines.
class line_ends {
public:
    explicit line_ends(limits most) : most_(most) {}

    /// Starts over at the first octet kept where the buffer has let go of what was being read.
    void follow(const buffer& in);
    /// The next whole line of the response, or nothing; then `stopped()` says why.
    std::optional<line_span> next(const buffer& in);
    /// need_more, or the fault that ended the reading.
    const reading& stopped() const { return stopped_; }
    /// Makes what was read so far one response and begins the next.
    reading finish();

    std::uint64_t start() const { return start_; }

private:
    std::optional<line_span> too_long();

    limits most_;
    std::uint64_t start_ = 0;   ///< of the response
    std::uint64_t line_ = 0;    ///< of the line being read
    std::uint64_t scanned_ = 0; ///< octets before this one have been looked at
    reading stopped_;
};

} // namespace mailspec::wire
