#pragma once

#include "harness/wire/ascii.hpp"

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace mailspec::observe {

/// Is it that word, in whatever case? Takes the word in upper case.
constexpr bool is_word(std::string_view text, std::string_view upper) {
    if (text.size() != upper.size())
        return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (wire::upper(text[i]) != upper[i])
            return false;
    return true;
}

/// What stands before the separator, which is taken off too; without one: all of it.
constexpr std::string_view take_until(std::string_view& text, std::string_view separator) {
    const auto end = text.find(separator);
    const auto first = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + separator.size());
    return first;
}

/// Digits and nothing else; nothing where they overflow.
template <typename N> std::optional<N> read_number(std::string_view text) {
    N n = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (text.empty() || failed != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return n;
}

} // namespace mailspec::observe
