#pragma once

#include "harness/run/play.hpp"
#include "harness/run/script.hpp"

namespace mailspec::run {

/// Connects, reads the greeting, and starts TLS where the door demands it. The greeting stays the answer held,
/// unless TLS had to be started.
script<> open_connection(play& of, party& p);

/// STARTTLS or STLS from the request to the handshake; gives whether the server agreed to it.
script<dialogue::success> start_tls(play& of, party& p);

/// EHLO or LHLO.
script<> say_hello(party& p);

/// Asks what the server announces, unless it is known.
script<> learn_capabilities(party& p);

/// LOGOUT or QUIT, and closes; never throws for what the server does.
script<> say_goodbye(play& of, party& p);

/// A helper of the harness that is logged in as that role over that protocol.
script<party*> open_helper(play& of, wire::protocol protocol, std::string_view role, std::string name);

} // namespace mailspec::run
