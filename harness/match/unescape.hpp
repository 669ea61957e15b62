#pragma once

#include "harness/match/syntax_error.hpp"

#include <cstddef>
#include <string_view>
#include <variant>

namespace mailspec::match {

/// The octet that the escape at `at` stands for: \r \n \t \0 \\ or \xHH; moves `at` past it.
std::variant<char, syntax_error> unescape(std::string_view source, std::size_t& at);

} // namespace mailspec::match
