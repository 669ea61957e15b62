#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace mailspec::wire::imap {

/// RFC 9051 number: digits, below 2^32. Nothing when it is none.
std::optional<std::uint32_t> number32(std::string_view digits);

/// RFC 9051 number64: digits, below 2^63. Nothing when it is none.
std::optional<std::uint64_t> number63(std::string_view digits);

} // namespace mailspec::wire::imap
