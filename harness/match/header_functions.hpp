#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mailspec::match {

/// Names of the header fields that the one message has and the other has not with these octets: "Received,
/// Return-Path".
std::string fields_not_in(std::string_view of, std::string_view other);

/// The first header field of that name, in any case: what follows the colon, unfolded and trimmed. Empty: none.
std::string field_of(std::string_view message, std::string_view name);

/// A part of a message's first Received field, or of the first that holds these words, in any case: the clauses "from",
/// "by", "via", "with", "id", "for" and "tls", of the date "year", "time" and "zone", all without comments; or the
/// "field". Empty: not there. Source: RFC 5321 section 4.4, RFC 8314 section 4.3.
std::string received_part(std::string_view message, std::string_view part, std::string_view holding);

/// All before the first `what`; empty where there is none.
std::string before_first(std::string_view octets, std::string_view what);

/// How often `what` stands there, in any case.
std::size_t count_of(std::string_view octets, std::string_view what);

} // namespace mailspec::match
