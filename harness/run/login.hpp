#pragma once

#include "harness/run/play.hpp"
#include "harness/run/script.hpp"

#include <string>

namespace mailspec::run {

/// Logs the party's account in: by the target's wish, else by what the server announces.
///
/// An unsecured connection to elsewhere than loopback takes the strongest mechanism announced; all others the
/// plainest, which is the quickest. Afterwards come the commands that the provider wants.
script<> log_in(play& of, party& p);

/// The mechanism that log_in() takes: a SASL name, or "command" for LOGIN and USER/PASS, or "APOP".
std::string choose_mechanism(const line& over, const std::string& wish);

/// An IMAP astring for that value: quoted, or a literal; appends to `into`, noting where to wait.
void append_string(std::string_view value, const capabilities& can, match::outgoing& into);

} // namespace mailspec::run
