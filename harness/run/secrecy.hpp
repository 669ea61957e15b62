#pragma once

#include "harness/run/play.hpp"
#include "harness/scenario/scenario.hpp"

#include <string_view>

namespace mailspec::run {

/// Whether what goes to that host stays on this machine.
bool is_loopback(std::string_view host);

/// Throws `abandoned` with unsupported where that command would show a password to the network: where the target
/// demands TLS and the scenario speaks without it, a password goes out to loopback only, and only that of a disposable
/// account.
void keep_secret(const play& of, const party& p, const scenario::step& at);

} // namespace mailspec::run
