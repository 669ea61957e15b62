#pragma once

#include "harness/run/play.hpp"
#include "harness/run/script.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::run {

/// The two lists of names that an IMAP account has: a subscription outlives its mailbox.
enum class listed { mailboxes, subscriptions };

/// A mailbox name, or with a wildcard behind it a pattern, as it stands in a command.
std::string mailbox_argument(std::string_view name, std::string_view wildcard = "");

/// Whether a command can carry the name: without control characters.
bool can_be_sent(std::string_view name);

/// The command that asks for the names that begin so. Subscriptions are asked for by LIST where there is no LSUB any
/// more: in IMAP4rev2, and of a server that has only what RFC 5258 says.
std::string list_command(const party& p, std::string_view beginning, listed what);

/// The names that begin so, those below before those above; nothing where the server refuses to list. Left out are
/// names that no command can carry (control characters), and those of which the server says that nothing is there.
script<std::optional<std::vector<std::string>>> list_names(party& p, std::string_view beginning, listed what);

/// DELETE or UNSUBSCRIBE. Gives what the server said when it refused; nothing when it did it, or nothing was there.
script<std::string> remove_name(party& p, std::string_view name, listed what);

/// Leaves the selected mailbox, if there is one, so that deleting it disturbs nothing. CLOSE, which may remove what is
/// \Deleted, is never said but in the scratch mailbox: where there is no UNSELECT, that is opened first.
script<> leave_mailbox(const play& of, party& p);

} // namespace mailspec::run
