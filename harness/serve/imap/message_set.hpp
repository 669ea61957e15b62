#pragma once

#include "harness/serve/imap/conversation.hpp"
#include "harness/serve/imap/sequence_set.hpp"

#include <optional>
#include <vector>

namespace mailspec::serve::imap {

/// The messages a command names, as indices into the view, ascending.
///
/// Nothing when a message number is above EXISTS (RFC 3501 section 9, seq-number); a UID that does not exist is
/// simply not there (section 6.4.8).
std::optional<std::vector<std::uint32_t>> pick_messages(conversation& c, const sequence_set& set, numbering by);

/// The set itself; "$" as the UIDs that it stands for.
sequence_set saved_as_uids(conversation& c, const sequence_set& set);

} // namespace mailspec::serve::imap
