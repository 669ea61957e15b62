#include "harness/run/words.hpp"

#include "harness/wire/ascii.hpp"

#include <algorithm>

namespace mailspec::run {

std::string_view take_until(std::string_view& from, std::string_view ends) {
    from.remove_prefix(std::min(from.find_first_not_of(ends), from.size()));
    const auto out = from.substr(0, from.find_first_of(ends));
    from.remove_prefix(out.size());
    return out;
}

std::string upper(std::string_view s) { return wire::in_capitals(s); }
std::string lower(std::string_view s) { return wire::in_small_letters(s); }

std::string quoted_string(std::string_view s) {
    std::string out = "\"";
    for (const char c : s) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + '"';
}

} // namespace mailspec::run
