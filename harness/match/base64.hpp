#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mailspec::match {

/// Source: RFC 4648 section 4, padded, without line breaks.
std::string base64_encode(std::string_view octets);
/// Nothing where the text is not canonical base64.
std::optional<std::string> base64_decode(std::string_view text);

} // namespace mailspec::match
