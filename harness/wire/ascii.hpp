#pragma once

#include <string>
#include <string_view>

namespace mailspec::wire {

// The letters and digits of ASCII, whatever the locale: other octets are no letters and have no case.

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr bool is_letter(char c) { return upper(c) >= 'A' && upper(c) <= 'Z'; }
constexpr bool is_letter_or_digit(char c) { return is_letter(c) || is_digit(c); }

/// Equal without regard to case.
constexpr bool same_ci(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) {
        return false;
    }
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (upper(a[i]) != upper(b[i])) {
            return false;
        }
    }
    return true;
}

constexpr bool starts_with_ci(std::string_view text, std::string_view start) {
    return text.size() >= start.size() && same_ci(text.substr(0, start.size()), start);
}

std::string in_capitals(std::string_view text);
std::string in_small_letters(std::string_view text);

/// Each LF without a CR before it gets one.
std::string with_crlf(std::string_view text);

} // namespace mailspec::wire
