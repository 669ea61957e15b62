#include "harness/wire/imap/numbers.hpp"

#include "harness/wire/imap/octets.hpp"

#include <limits>

namespace mailspec::wire::imap {

namespace {

std::optional<std::uint64_t> number_up_to(std::string_view digits, std::uint64_t most) {
    if (digits.empty()) {
        return std::nullopt;
    }
    std::uint64_t n = 0;
    for (const char c : digits) {
        if (!is_digit(c)) {
            return std::nullopt;
        }
        const auto d = static_cast<std::uint64_t>(c - '0');
        if (n > (most - d) / 10) {
            return std::nullopt;
        }
        n = n * 10 + d;
    }
    return n;
}

} // namespace

std::optional<std::uint32_t> number32(std::string_view digits) {
    const auto n = number_up_to(digits, std::numeric_limits<std::uint32_t>::max());
    return n ? std::optional(static_cast<std::uint32_t>(*n)) : std::nullopt;
}

std::optional<std::uint64_t> number63(std::string_view digits) {
    return number_up_to(digits, static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()));
}

} // namespace mailspec::wire::imap
