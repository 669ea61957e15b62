#pragma once

#include "harness/wire/ascii.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace mailspec::wire::imap {

/// What an octet is in the grammar of RFC 9051 section 9, as bits.
struct octet_class {
    static constexpr std::uint8_t atom = 1;        ///< ATOM-CHAR
    static constexpr std::uint8_t astring = 2;     ///< ASTRING-CHAR
    static constexpr std::uint8_t ends_atom = 4;   ///< a reader that forgives stops an atom here
    static constexpr std::uint8_t ends_quoted = 8; ///< needs a look inside a quoted string
    static constexpr std::uint8_t text = 16;       ///< TEXT-CHAR except NUL
    static constexpr std::uint8_t digit = 32;
};

namespace detail {

constexpr std::uint8_t classify(unsigned c) {
    using o = octet_class;
    const std::string_view specials = "(){ %*\"\\]";
    const bool is_char = c >= 1 && c < 0x80;
    const bool is_ctl = c < 0x20 || c == 0x7f;
    const bool special = is_ctl || specials.find(static_cast<char>(c)) != std::string_view::npos;
    const bool is_atom = is_char && !special;
    const bool is_blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    std::uint8_t bits = 0;
    bits |= is_atom ? o::atom | o::astring : 0;
    bits |= c == ']' ? o::astring | o::ends_atom : 0;
    bits |= is_blank || c == '(' || c == ')' || c == '"' || c == '[' ? o::ends_atom : 0;
    bits |= c == '"' || c == '\\' || c == '\r' || c == '\n' || c == 0 || c >= 0x80 ? o::ends_quoted : 0;
    bits |= is_char && c != '\r' && c != '\n' ? o::text : 0;
    bits |= c >= '0' && c <= '9' ? o::digit : 0;
    return bits;
}

constexpr std::array<std::uint8_t, 256> make_octet_table() {
    std::array<std::uint8_t, 256> table{};
    for (unsigned c = 0; c < 256; ++c) {
        table[c] = classify(c);
    }
    return table;
}

inline constexpr std::array<std::uint8_t, 256> octet_table = make_octet_table();

} // namespace detail

constexpr std::uint8_t octet_bits(char c) { return detail::octet_table[static_cast<unsigned char>(c)]; }

constexpr bool is(char c, std::uint8_t bits) { return (octet_bits(c) & bits) != 0; }

/// True when each octet has one of the bits.
constexpr bool all(std::string_view text, std::uint8_t bits) {
    for (const char c : text) {
        if (!is(c, bits)) {
            return false;
        }
    }
    return true;
}

/// True when no octet is beyond ASCII. Takes eight a step: nearly all that comes is ASCII from end to end.
inline bool is_ascii(std::string_view octets) {
    constexpr std::uint64_t high = 0x8080808080808080u;
    std::uint64_t any = 0;
    for (; octets.size() >= sizeof any; octets.remove_prefix(sizeof any)) {
        std::uint64_t word = 0;
        std::memcpy(&word, octets.data(), sizeof word);
        any |= word;
    }
    for (const char c : octets) {
        any |= static_cast<unsigned char>(c);
    }
    return (any & high) == 0;
}

using wire::is_digit;
using wire::same_ci;
using wire::starts_with_ci;
using wire::upper;

} // namespace mailspec::wire::imap
