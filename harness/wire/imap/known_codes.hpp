#pragma once

#include <string_view>

namespace mailspec::wire::imap {

/// True for the name of a response code whose arguments are checked.
bool is_known_code(std::string_view name);

} // namespace mailspec::wire::imap
