#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace mailspec::wire::imap {

/// What stands in front of a literal: {n}, {n+} or ~{n}.
///
/// Source   RFC 9051 section 9 (literal, literal8), RFC 7888 section 8 (literal+), RFC 3516 section 7.
struct literal_header {
    std::uint64_t octets = 0; ///< announced; a number beyond 64 bits becomes the greatest
    std::size_t at = 0;       ///< of the "{" or "~" in the text that was looked at
    std::size_t size = 0;     ///< octets of the header itself, line end not counted
    bool eight_bit = false;   ///< ~{n}
    bool plus = false;        ///< {n+}
};

/// The header with which a line ends, or nothing.
/// Takes one line without its line end.
std::optional<literal_header> literal_header_at_end(std::string_view line);

/// True when a response that starts like this may go on with a literal.
///
/// A status response or continuation ends in text for people, where "{5}" means nothing (its only literals
/// are in BADCHARSET's list); data made of numbers, atoms and flags has no strings either.
/// Takes the response from its first octet up to a literal header.
bool may_hold_literal(std::string_view head);

} // namespace mailspec::wire::imap
