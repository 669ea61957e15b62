#pragma once

#include <cstddef>
#include <string>

namespace mailspec::match {

/// What is wrong in a text or pattern; `at` counts octets from the start of that text.
struct syntax_error {
    std::size_t at = 0;
    std::string message; ///< one sentence, with "did you mean" where a name is near
};

} // namespace mailspec::match
