#pragma once

#include <string_view>

namespace mailspec::serve::imap {

/// Whether mailboxes here can have all these uses, a space between; those that need a view of other mailboxes cannot be
/// had. Source: RFC 6154 sections 2, 3.
bool can_have(std::string_view uses);

} // namespace mailspec::serve::imap
