#pragma once

#include "harness/wire/buffer.hpp"

#include <optional>

namespace mailspec::wire::sieve {

/// Finds where each ManageSieve response ends: a line, and after each literal header at a line's end the literal
/// and one line more. Unlike in IMAP the text of a status response is a string, so `OK {5}` has a literal.
///
/// Source   RFC 5804 section 4 (literal-s2c).
/// Takes    a buffer that grows between calls; octets cut anywhere give the same frames.
/// Faults   line_too_long, response_too_long (also for a literal announced beyond the limit, before it arrives);
///          a fault stays.
class frame_reader {
public:
    explicit frame_reader(limits most = {}) : most_(most) {}
    reading next(const buffer& in);
    /// True in the midst of a literal: for the sentence "closed mid-literal".
    bool inside_literal() const { return literal_left_ > 0; }

private:
    bool skip_literal(const buffer& in);
    std::optional<reading> take_line(const buffer& in);
    reading too_long(std::uint64_t announced);

    limits most_;
    std::uint64_t start_ = 0;        ///< of the response being read
    std::uint64_t line_ = 0;         ///< of the line being read, in that response
    std::uint64_t scanned_ = 0;      ///< octets before this one have been looked at
    std::uint64_t literal_left_ = 0; ///< octets of a literal still to come
    reading stopped_;
};

} // namespace mailspec::wire::sieve
