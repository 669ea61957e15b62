#pragma once

#include <string>
#include <string_view>

namespace mailspec::wire::sasl {

/// What a CRAM-MD5 client answers: "user hexdigits". Source: RFC 2195 section 2.
/// Takes user and password in UTF-8 and the raw challenge. Gives "" where SASLprep forbids user or password.
std::string cram_md5(std::string_view user, std::string_view password, std::string_view challenge);

/// The digest that APOP sends: MD5 of the greeting's timestamp, angle brackets included, and the shared secret, in 32
/// small hexadecimal digits. Source: RFC 1939 section 7.
std::string apop_digest(std::string_view timestamp, std::string_view secret);

/// The timestamp in a POP3 greeting's text, "<...@...>" with its brackets; empty: the server does not offer APOP.
/// Life: as the greeting.
std::string_view apop_timestamp(std::string_view greeting);

} // namespace mailspec::wire::sasl
