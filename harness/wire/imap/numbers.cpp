#include "harness/wire/imap/numbers.hpp"

#include "harness/wire/imap/octets.hpp"

#include <limits>

namespace mailspec::wire::imap {

namespace {

constexpr std::size_t most_digits = 19;  ///< that always fit 64 bits
constexpr std::size_t always_fit_32 = 9; ///< digits

std::optional<std::uint64_t> number_up_to(std::string_view digits, std::uint64_t most) {
    if (digits.empty()) {
        return std::nullopt;
    }
    while (digits.size() > most_digits && digits.front() == '0') {
        digits.remove_prefix(1);
    }
    if (digits.size() > most_digits) {
        return std::nullopt;
    }
    std::uint64_t n = 0;
    for (const char c : digits) {
        if (!is_digit(c)) {
            return std::nullopt;
        }
        n = n * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return n <= most ? std::optional(n) : std::nullopt;
}

} // namespace

std::optional<std::uint32_t> number32(std::string_view digits) {
    if (digits.size() - 1 < always_fit_32) { // most numbers: neither empty nor large
        std::uint32_t n = 0;
        for (const char c : digits) {
            if (!is_digit(c)) {
                return std::nullopt;
            }
            n = n * 10 + static_cast<std::uint32_t>(c - '0');
        }
        return n;
    }
    const auto n = number_up_to(digits, std::numeric_limits<std::uint32_t>::max());
    return n ? std::optional(static_cast<std::uint32_t>(*n)) : std::nullopt;
}

std::optional<std::uint64_t> number63(std::string_view digits) {
    return number_up_to(digits, static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()));
}

} // namespace mailspec::wire::imap
