#include "harness/serve/imap/name_pattern.hpp"

#include "harness/serve/imap/arguments.hpp"

#include <algorithm>
#include <vector>

namespace mailspec::serve::imap {

namespace {

/// Follows all ways through the pattern at once: reached[j] is set when its first j octets may have matched.
bool fits(std::string_view pattern, std::string_view name) {
    std::vector<char> reached(pattern.size() + 1, 0), after(pattern.size() + 1, 0);
    auto pass_wildcards = [&] {
        for (std::size_t j = 0; j < pattern.size(); ++j)
            if (reached[j] && (pattern[j] == '*' || pattern[j] == '%'))
                reached[j + 1] = 1;
    };
    reached[0] = 1;
    pass_wildcards();
    for (char c : name) {
        std::ranges::fill(after, 0);
        for (std::size_t j = 0; j < pattern.size(); ++j) {
            if (!reached[j])
                continue;
            if (pattern[j] == '*' || (pattern[j] == '%' && c != '/'))
                after[j] = 1;
            else if (pattern[j] == c)
                after[j + 1] = 1;
        }
        reached.swap(after);
        pass_wildcards();
    }
    return reached[pattern.size()] != 0;
}

} // namespace

name_pattern::name_pattern(std::string pattern) : pattern_(std::move(pattern)), in_capitals_(in_capitals(pattern_)) {}

bool name_pattern::matches(std::string_view name) const {
    return fits(pattern_, name) || (name == "INBOX" && fits(in_capitals_, name));
}

} // namespace mailspec::serve::imap
