#pragma once

#include "harness/wire/buffer.hpp"

namespace mailspec::wire::imap {

/// Finds where each IMAP response ends: a line, and after each literal header at a line's end the literal and
/// one line more.
///
/// Source   RFC 9051 section 4.3, section 9 (literal, literal8).
/// Takes    a buffer that grows between calls; octets cut anywhere give the same frames.
/// Gives    one frame per response, line end included.
/// Faults   line_too_long, response_too_long (also for a literal announced beyond the limit, before it arrives).
class frame_reader {
public:
    explicit frame_reader(limits most = {}) : most_(most) {}
    reading next(const buffer& in);
    /// True in the midst of a literal: for the sentence "closed mid-literal".
    bool inside_literal() const { return literal_left_ > 0; }

private:
    limits most_;
    std::uint64_t start_ = 0;        ///< of the response being read
    std::uint64_t scanned_ = 0;      ///< octets before this one have been looked at
    std::uint64_t literal_left_ = 0; ///< octets of a literal still to come
};

} // namespace mailspec::wire::imap
