#pragma once

#include <algorithm>
#include <string_view>

namespace mailspec::serve {

/// Takes the first word off a list with one space between its words.
inline std::string_view take_word(std::string_view& list) {
    const auto word = list.substr(0, list.find(' '));
    list.remove_prefix(std::min(list.size(), word.size() + 1));
    return word;
}

} // namespace mailspec::serve
