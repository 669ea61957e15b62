#pragma once

#include <string_view>

namespace mailspec::run {

/// `<...token...@domain>`: an address at a domain of the target that the run's random word makes nobody's.
///
/// Takes    what stands for the token and the domain in that path; beside the token the local part has letters, digits
///          and hyphens only.
bool is_nobody(std::string_view path, std::string_view token, std::string_view domain);

/// A path that asks a server whether it would relay: it holds the token and example.invalid, which nobody can reach
/// (RFC 2606). It is harmless in RCPT as long as no mail follows.
bool asks_to_relay(std::string_view path, std::string_view token);

} // namespace mailspec::run
