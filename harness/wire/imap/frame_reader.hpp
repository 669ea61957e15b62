#pragma once

#include "harness/wire/buffer.hpp"

#include <optional>

namespace mailspec::wire::imap {

/// Finds where each IMAP response ends: a line, and after each literal header at a line's end the literal and
/// one line more.
///
/// A line may end in CRLF or in a lone LF (the parser reports it). "{5}" is a literal header only where the
/// grammar can have a string: not at the end of the text of a status response or continuation.
/// Source   RFC 9051 section 4.3, section 9 (literal, literal8).
/// Takes    a buffer that grows between calls; octets cut anywhere give the same frames. The response being
///          read must not be released before it is ready; it is ready exactly once.
/// Gives    one frame per response, line end included.
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
    std::optional<reading> take_line(const buffer& in, std::uint64_t line_end);
    reading too_long() const;

    limits most_;
    std::uint64_t start_ = 0;        ///< of the response being read
    std::uint64_t line_ = 0;         ///< of the line being read, in that response
    std::uint64_t scanned_ = 0;      ///< octets before this one have been looked at
    std::uint64_t literal_left_ = 0; ///< octets of a literal still to come
    std::uint64_t announced_ = 0;    ///< octets of the literal that broke the limit
};

} // namespace mailspec::wire::imap
