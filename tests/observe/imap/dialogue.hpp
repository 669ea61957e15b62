#pragma once

#include <string>
#include <string_view>

namespace mailspec::observe::testing {

/// Plays a dialogue past monitors that share one scenario; gives the ids of what was broken, each finding's in order,
/// parted by spaces, without "imap." in front.
///
/// Takes    lines "C: a1 NOOP", "S: a1 OK done", of a second session "C2: ..." and "S2: ...". "\r\n" in a line is a
///          line end. "R: ..." is sent as it stands, without a line end. "X:" the server closes. "T:" TLS begins.
///          Each session is greeted.
std::string broken_by(std::string_view dialogue);

/// The details of the findings, one a line.
std::string details_of(std::string_view dialogue);

/// What was not watched, in sentences, one a line.
std::string unwatched_in(std::string_view dialogue);

/// The dialogue that opens a mailbox of three messages by that command, and what comes behind it.
std::string opened(std::string_view behind, std::string_view command = "SELECT box");

/// The same of two sessions of one user: what comes behind the first SELECT, and behind the second.
std::string both(const std::string& first, const std::string& second, const std::string& select = "SELECT box");

} // namespace mailspec::observe::testing
