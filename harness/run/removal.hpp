#pragma once

#include "harness/run/play.hpp"
#include "harness/run/script.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mailspec::run {

/// The two lists of names that an IMAP account has: a subscription outlives its mailbox.
enum class listed { mailboxes, subscriptions };

/// The names that begin so, those below before those above; nothing where the server refuses to list. Names that no
/// command can carry (control characters) are left out.
script<std::vector<std::string>> list_names(party& p, std::string_view beginning, listed what);

/// DELETE or UNSUBSCRIBE. Gives what the server said when it refused, and nothing when it did it.
script<std::string> remove_name(party& p, std::string_view name, listed what);

/// Leaves the selected mailbox, so that deleting it disturbs nothing.
script<> leave_mailbox(party& p);

} // namespace mailspec::run
