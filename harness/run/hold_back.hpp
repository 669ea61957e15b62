#pragma once

#include "harness/run/play.hpp"
#include "harness/scenario/scenario.hpp"

#include <string_view>

namespace mailspec::run {

/// The last look at what a scenario is about to send: throws `abandoned` with unsupported where these octets would
/// change mail that is to be kept, go to somebody who has no account at the target, or show a password (secrecy.hpp).
/// What a scenario's text shows of that is judged before it begins (demands.hpp); here `${...}` are what they came to
/// be.
void hold_back(play& of, party& p, const scenario::step& at, std::string_view octets, exchange::form how);

} // namespace mailspec::run
