#pragma once

#include "harness/rfc/finding.hpp"
#include "harness/wire/imap/value.hpp"

#include <string_view>
#include <vector>

namespace mailspec::wire::sieve {

// ManageSieve frames like IMAP: a line, and after each {n} at a line's end the literal and one line more, so
// imap::frame_reader reads it.

enum class response_kind { ok, no, bye, data };

/// One response line: OK, NO and BYE end an answer; data lines (capabilities, script names, a script,
/// a SASL challenge) come before.
///
/// Source: RFC 5804 sections 1.2, 1.3 and 4.
/// Children of values.root(): for ok, no, bye a list holding the response code (absent if none), then the
/// human-readable string (absent if none); for data the strings, numbers and atoms in order.
struct response {
    response_kind kind = response_kind::data;
    std::uint64_t at = 0;
    imap::tree values;
};

void parse(std::string_view frame, std::uint64_t at, response& out, std::vector<rfc::finding>& findings);

} // namespace mailspec::wire::sieve
