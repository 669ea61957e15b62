#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mailspec::wire::sasl {

/// Base64 in one line, with padding (RFC 4648 section 4).
std::string base64_encode(std::string_view octets);

/// The octets, or nothing where the text is not base64: other characters, also white space and line ends, a
/// length that is no multiple of 4, or padding anywhere but at the end.
std::optional<std::string> base64_decode(std::string_view text);

} // namespace mailspec::wire::sasl
