#pragma once

#include "harness/serve/mischief.hpp"

#include <span>
#include <string>
#include <string_view>

namespace mailspec::serve::imap {

/// One way to break the grammar: wherever the output has `from`, `to` goes out.
struct garbling {
    const rfc::requirement* broken;
    std::string_view from, to;
};

/// The breaches of imap.syntax.*.
std::span<const garbling> garblings();

/// Breaks in what is about to be sent what the mischief says.
void garble(std::string& out, const mischief& breaches);

} // namespace mailspec::serve::imap
