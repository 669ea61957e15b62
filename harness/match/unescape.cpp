#include "harness/match/unescape.hpp"

#include "harness/match/ascii.hpp"

namespace mailspec::match {

namespace {

int hex_value(char c) {
    const char l = lower(c);
    return is_digit(c) ? c - '0' : l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

} // namespace

std::variant<char, syntax_error> unescape(std::string_view source, std::size_t& at) {
    const std::size_t start = at;
    const char c = at + 1 < source.size() ? source[at + 1] : '\0';
    at += 2;
    switch (c) {
    case 'r': return '\r';
    case 'n': return '\n';
    case 't': return '\t';
    case '0': return '\0';
    case '\\': return '\\';
    case 'x': {
        const int high = at < source.size() ? hex_value(source[at]) : -1;
        const int low = at + 1 < source.size() ? hex_value(source[at + 1]) : -1;
        if (high < 0 || low < 0)
            return syntax_error{start, "\\x takes two hexadecimal digits, as in \\x0d"};
        at += 2;
        return static_cast<char>(high * 16 + low);
    }
    default: return syntax_error{start, "unknown escape; there are \\r \\n \\t \\0 \\\\ and \\xHH"};
    }
}

} // namespace mailspec::match
