#pragma once

#include "harness/serve/altered_answer.hpp"

#include <span>
#include <vector>

namespace mailspec::serve::imap {

/// These rows, and behind them those of what is said otherwise about extensions.
std::vector<altered_answer> with_extensions(std::span<const altered_answer> rows);

} // namespace mailspec::serve::imap
