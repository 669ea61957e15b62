#pragma once

#include "harness/run/play.hpp"
#include "harness/run/script.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mailspec::run {

/// Brings every session of the scenario to its state and binds the names that the harness gives.
script<> set_up(play& of);

/// Binds what that session, the index-th of the scenario, was greeted with.
void bind_greeting(play& of, const party& p, std::size_t index);

/// Where the account's mailboxes live: asked once in a run.
script<facts::hierarchy> find_hierarchy(play& of, party& p);

/// Appends one message; throws `abandoned` when it is refused.
script<> append_message(party& p, std::string_view mailbox, const scenario::message& m);

/// Makes the maildrop of that role hold exactly these messages.
script<> fill_maildrop(play& of, std::string_view role, const std::vector<scenario::message>& messages);

/// Does the server announce it? Over a helper where asking on the session itself would disturb its state.
script<bool> announces(play& of, party& p, std::string_view capability);

/// Throws `abandoned` with unsupported where one of the scenario's `needs` about that session is not met.
script<> check_needs(play& of, party& p);

} // namespace mailspec::run
