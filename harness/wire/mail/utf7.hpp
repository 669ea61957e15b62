#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mailspec::wire::mail {

/// A mailbox name in modified UTF-7, or nothing where the name is not UTF-8. Source: RFC 3501 section 5.1.3.
std::optional<std::string> utf7_encode(std::string_view utf8);

/// The name in UTF-8, or nothing where it breaks the rules so that it cannot be read: a shift that does not end,
/// octets outside ASCII, half a surrogate pair. What could be read but should be written otherwise is read.
std::optional<std::string> utf7_decode(std::string_view name);

/// True when the name is modified UTF-7 in the one form that the text allows: no printable ASCII in base64, no null
/// or superfluous shift, the spare bits zero.
bool is_utf7(std::string_view name);

} // namespace mailspec::wire::mail
