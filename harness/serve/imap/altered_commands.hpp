#pragma once

#include "harness/serve/altered_answer.hpp"

#include <span>
#include <vector>

namespace mailspec::serve::imap {

/// Adds what is said otherwise of the commands in section 6 of RFC 3501 and RFC 9051.
std::vector<altered_answer> with_commands(std::span<const altered_answer> others);

} // namespace mailspec::serve::imap
