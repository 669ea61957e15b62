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

/// Takes `from` that is not empty; what is put in its place is not looked through again.
void replace_all(std::string& in, std::string_view from, std::string_view to);

/// Breaks in what is about to be sent what the mischief says.
void garble(std::string& out, const mischief& breaches);

} // namespace mailspec::serve::imap
