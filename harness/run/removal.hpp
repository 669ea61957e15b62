#pragma once

#include "harness/run/mailbox_list.hpp"
#include "harness/run/play.hpp"
#include "harness/run/script.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::run {

/// The names that begin so and can be removed, those below before those above; nothing where the server refuses to
/// list. Left out are those of which it says that nothing is there.
script<std::optional<std::vector<std::string>>> names_to_remove(party& p, std::string_view beginning, listed what);

/// DELETE or UNSUBSCRIBE. Gives what the server said when it refused; nothing when it did it, or nothing was there.
script<std::string> remove_name(party& p, std::string_view name, listed what);

/// Leaves the selected mailbox, if there is one, so that deleting it disturbs nothing. CLOSE, which may remove what is
/// \Deleted, is never said but in the scratch mailbox: where there is no UNSELECT, that is opened first.
script<> leave_mailbox(const play& of, party& p);

} // namespace mailspec::run
