#pragma once

#include <string>
#include <string_view>

namespace mailspec::match {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

/// Equal but for ASCII case.
constexpr bool same_letters(std::string_view a, std::string_view b) {
    if (a.size() != b.size())
        return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lower(a[i]) != lower(b[i]))
            return false;
    return true;
}

constexpr bool all_digits(std::string_view s) {
    for (const char c : s)
        if (!is_digit(c))
            return false;
    return !s.empty();
}

/// Octets as one line that people can read and that holds no control character: \r, \n, \xHH; cut after `most`
/// octets with the number of those left out.
std::string shown(std::string_view octets, std::size_t most = 120);

} // namespace mailspec::match
