#include "harness/wire/ascii.hpp"

#include <algorithm>

namespace mailspec::wire {
namespace {

std::string mapped(std::string_view text, char (*change)(char)) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), change);
    return out;
}

} // namespace

std::string in_capitals(std::string_view text) { return mapped(text, upper); }

std::string in_small_letters(std::string_view text) { return mapped(text, lower); }

std::string with_crlf(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 32);
    for (const char c : text) {
        if (c == '\n' && !out.ends_with('\r')) {
            out += '\r';
        }
        out += c;
    }
    return out;
}

} // namespace mailspec::wire
