#include "harness/wire/smtp/ehlo.hpp"

#include "harness/wire/ascii.hpp"

#include <algorithm>

namespace mailspec::wire::smtp {
namespace {

bool beyond_ascii(char c) { return static_cast<unsigned char>(c) >= 0x80; }

/// sub-domain = Let-dig [Ldh-str]; octets of UTF-8 pass (RFC 6531 section 3.3, U-label).
bool is_sub_domain(std::string_view s) {
    return !s.empty() && s.front() != '-' && s.back() != '-' &&
           std::all_of(s.begin(), s.end(), [](char c) { return is_letter_or_digit(c) || c == '-' || beyond_ascii(c); });
}

bool is_domain(std::string_view s) {
    for (;;) {
        const auto dot = s.find('.');
        if (!is_sub_domain(s.substr(0, dot))) {
            return false;
        }
        if (dot == std::string_view::npos) {
            return true;
        }
        s.remove_prefix(dot + 1);
    }
}

bool is_address_literal(std::string_view s) {
    return s.size() > 2 && s.front() == '[' && s.back() == ']' && s.find_first_of(" []\\", 1) == s.size() - 1;
}

} // namespace

ehlo_fault check_ehlo_line(std::string_view text) {
    const auto space = std::min(text.find(' '), text.size());
    const auto keyword = text.substr(0, space);
    if (keyword.empty() || !is_letter_or_digit(keyword.front())) {
        return {0, "the keyword does not begin with a letter or digit"};
    }
    for (std::size_t i = 1; i < keyword.size(); ++i) {
        if (!is_letter_or_digit(keyword[i]) && keyword[i] != '-') {
            return {i, keyword[i] == '=' ? "\"=\" stands in the keyword, where only letters, digits and \"-\" may"
                                         : "the keyword holds other than letters, digits and \"-\""};
        }
    }
    for (std::size_t i = space; i < text.size(); ++i) {
        if (text[i] == ' ' && (i + 1 == text.size() || text[i + 1] == ' ')) {
            return {i, "a space is not followed by a parameter"};
        }
        if (text[i] < ' ' || text[i] == 0x7f) {
            return {i, "a parameter holds other than printable ASCII"};
        }
    }
    return {};
}

ehlo_fault check_ehlo_domain(std::string_view text) {
    const auto name = text.substr(0, text.find(' '));
    if (!is_domain(name) && !is_address_literal(name)) {
        return {0, "the first line does not begin with a domain"};
    }
    return {};
}

ehlo_fault check_greeting(std::string_view text) {
    const auto name = text.substr(0, text.find(' '));
    if (!is_domain(name) && !is_address_literal(name)) {
        return {0, "the greeting does not begin with a domain or address literal"};
    }
    return {};
}

} // namespace mailspec::wire::smtp
