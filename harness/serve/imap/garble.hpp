#pragma once

#include "harness/serve/mischief.hpp"

#include <span>
#include <string>
#include <string_view>

namespace mailspec::serve::imap {

/// One way to break the grammar, or what was told before: wherever the output has `from`, `to` goes out.
struct garbling {
    const rfc::requirement* broken;
    std::string_view from, to;
};

/// The breaches of imap.syntax.*, and those of others that need no more than that.
std::span<const garbling> garblings();

/// Breaks in what is about to be sent what the mischief says.
void garble(std::string& out, const mischief& breaches);

} // namespace mailspec::serve::imap
