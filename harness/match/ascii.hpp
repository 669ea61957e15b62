#pragma once

#include "harness/wire/ascii.hpp"

#include <string>
#include <string_view>

namespace mailspec::match {

using wire::is_digit;
using wire::is_letter;
using wire::lower;
using wire::upper;

/// Equal but for ASCII case.
constexpr bool same_letters(std::string_view a, std::string_view b) { return wire::same_ci(a, b); }

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
