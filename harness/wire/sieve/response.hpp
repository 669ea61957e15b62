#pragma once

#include "harness/rfc/finding.hpp"
#include "harness/wire/imap/value.hpp"
#include "harness/wire/sieve/frame_reader.hpp"

#include <string_view>
#include <vector>

namespace mailspec::wire::sieve {

enum class response_kind { ok, no, bye, data };

/// One response line: OK, NO and BYE end an answer; data lines (capabilities, script names, a script,
/// a SASL challenge) come before.
///
/// Source: RFC 5804 sections 1.2, 1.3 and 4.
/// Children of values.root(): for ok, no, bye a list holding the response code (absent if none), then the
/// human-readable string (absent if none); for data the strings, numbers and atoms in order.
/// What stands where it may not is kept as a further child.
struct response {
    response_kind kind = response_kind::data;
    std::uint64_t at = 0;
    imap::tree values;

    const imap::node* code() const; ///< of ok, no, bye: the list that holds it, or null
    const imap::node* text() const; ///< of ok, no, bye: the human-readable string, or null
};

/// Parses one frame; never throws on input, reports each departure as a finding; reuses `out` without allocating.
void parse(std::string_view frame, std::uint64_t at, response& out, std::vector<rfc::finding>& findings);

} // namespace mailspec::wire::sieve
