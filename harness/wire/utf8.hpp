#pragma once

#include <cstddef>
#include <string_view>

namespace mailspec::wire {

/// Octets of the UTF-8 character at the front, 0 when there is none (RFC 3629 section 4).
std::size_t utf8_character(std::string_view text);

} // namespace mailspec::wire
