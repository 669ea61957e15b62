#pragma once

#include "harness/serve/imap/conversation.hpp"
#include "harness/serve/imap/search_key.hpp"

namespace mailspec::serve::imap {

/// Makes of a key what the breaches of SEARCH make of it.
void spoil(const conversation& c, search_key& key);

} // namespace mailspec::serve::imap
