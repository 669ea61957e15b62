#pragma once

#include "harness/run/play.hpp"
#include "harness/run/script.hpp"

namespace mailspec::run {

/// The transcript's note where a session connects again.
inline constexpr std::string_view reconnects = "connects again";

/// When STARTTLS is done where the door demands it: a scenario that begins with the greeting judges that first.
enum class starttls_time { at_once, before_first_command };

/// Connects, reads the greeting, which stays the answer held, and starts TLS where the door demands it. At once means
/// that more is to come: a greeting that is a refusal is the end of it.
script<> open_connection(play& of, party& p, starttls_time when);
/// Starts the TLS that was put off.
script<> settle_tls(play& of, party& p);

/// STARTTLS or STLS from the request to the handshake; gives whether the server agreed to it.
///
/// Takes    octets to send in the clear right behind the command, in one write with it.
script<dialogue::success> start_tls(play& of, party& p, std::string_view behind = {});

/// EHLO or LHLO.
script<> say_hello(party& p);

/// Asks what the server announces, unless it is known.
script<> learn_capabilities(party& p);

/// LOGOUT or QUIT, and closes; never throws for what the server does.
script<> say_goodbye(play& of, party& p);

/// A helper of the harness that is logged in as that role over that protocol.
script<party*> open_helper(play& of, wire::protocol protocol, std::string_view role, std::string name);

} // namespace mailspec::run
