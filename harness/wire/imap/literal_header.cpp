#include "harness/wire/imap/literal_header.hpp"

#include "harness/wire/imap/octets.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace mailspec::wire::imap {

namespace {

std::uint64_t saturating_number(std::string_view digits) {
    constexpr auto most = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t n = 0;
    for (char c : digits) {
        const auto d = static_cast<std::uint64_t>(c - '0');
        if (n > (most - d) / 10) {
            return most;
        }
        n = n * 10 + d;
    }
    return n;
}

/// The next word, with the blanks before and after it taken off the front of `rest`.
std::string_view take_word(std::string_view& rest) {
    const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
    const auto first = std::find_if_not(rest.begin(), rest.end(), is_blank);
    const auto last = std::find_if(first, rest.end(), is_blank);
    const auto after = std::find_if_not(last, rest.end(), is_blank);
    const std::string_view word(first, last);
    rest = std::string_view(after, rest.end());
    return word;
}

template <std::size_t N> bool is_one_of(std::string_view word, const std::array<std::string_view, N>& names) {
    return std::any_of(names.begin(), names.end(), [&](std::string_view n) { return same_ci(word, n); });
}

/// True while the parenthesis of "[BADCHARSET (" is open; RFC 3501 allows literals in there.
bool inside_badcharset(std::string_view text) {
    constexpr std::string_view opening = "[BADCHARSET (";
    if (!starts_with_ci(text, opening)) {
        return false;
    }
    bool quoted = false;
    for (std::size_t i = opening.size(); i < text.size(); ++i) {
        const char c = text[i];
        if (quoted && c == '\\') {
            ++i;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (c == ')' && !quoted) {
            return false;
        }
    }
    return !quoted;
}

} // namespace

std::optional<literal_header> literal_header_at_end(std::string_view line) {
    if (line.size() < 3 || line.back() != '}') {
        return std::nullopt;
    }
    std::size_t last = line.size() - 1;
    const bool plus = line[last - 1] == '+';
    last -= plus ? 1 : 0;
    std::size_t first = last;
    while (first > 0 && is_digit(line[first - 1])) {
        --first;
    }
    if (first == last || first == 0 || line[first - 1] != '{') {
        return std::nullopt;
    }
    const bool eight_bit = first >= 2 && line[first - 2] == '~';
    const std::size_t at = first - (eight_bit ? 2 : 1);
    const bool stands_alone = at == 0 || std::string_view(" \t()]>").find(line[at - 1]) != std::string_view::npos;
    if (!stands_alone) {
        return std::nullopt;
    }
    return literal_header{saturating_number(line.substr(first, last - first)), at, line.size() - at, eight_bit, plus};
}

bool may_hold_literal(std::string_view head) {
    static constexpr std::array<std::string_view, 5> states = {"OK", "NO", "BAD", "BYE", "PREAUTH"};
    static constexpr std::array<std::string_view, 10> stringless = {
        "CAPABILITY", "ENABLED", "FLAGS", "SEARCH", "SORT", "THREAD", "VANISHED", "EXISTS", "RECENT", "EXPUNGE"};
    const std::string_view lead = take_word(head);
    std::string_view name = take_word(head);
    if (is_one_of(name, states)) {
        return inside_badcharset(head);
    }
    if (lead != "*") {
        return false;
    }
    if (!name.empty() && std::all_of(name.begin(), name.end(), is_digit)) {
        name = take_word(head);
    }
    return !is_one_of(name, stringless);
}

} // namespace mailspec::wire::imap
