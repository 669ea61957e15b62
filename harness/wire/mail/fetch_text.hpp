#pragma once

#include <string>
#include <string_view>

namespace mailspec::wire::mail {

/// The ENVELOPE of a message in IMAP's syntax, parentheses included.
///
/// Source   RFC 9051 sections 7.5.2 and 9 (envelope). Encoded words stand as in the message; a string with other
///          octets than printable ASCII goes out as a literal.
std::string envelope(std::string_view message);

enum class extension_data { no, yes };

/// BODY (extension_data::no) or BODYSTRUCTURE (yes) of a message in IMAP's syntax, parentheses included.
///
/// Source   RFC 9051 sections 7.5.2 and 9 (body). Sizes in octets as the message stands; a line is what a line
///          feed ends.
std::string body(std::string_view message, extension_data e);

/// A string in IMAP's syntax: quoted where it can be, else a literal; NUL is left out.
void append_string(std::string& out, std::string_view octets);

} // namespace mailspec::wire::mail
