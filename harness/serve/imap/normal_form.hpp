#pragma once

#include <string>
#include <string_view>

namespace mailspec::serve::imap {

/// UTF-8 in which a letter and a mark behind it have become the one character that Latin-1 has for both: what
/// normalization form C does for most European names (RFC 9051 section 5.1).
std::string composed(std::string_view utf8);

} // namespace mailspec::serve::imap
