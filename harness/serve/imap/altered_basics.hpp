#pragma once

#include "harness/serve/altered_answer.hpp"

#include <span>
#include <vector>

namespace mailspec::serve::imap {

/// Adds what is said otherwise of all that RFC 3501 and RFC 9051 demand outside of section 6.
std::vector<altered_answer> with_basics(std::span<const altered_answer> others);

} // namespace mailspec::serve::imap
