#pragma once

#include "harness/run/recorded/recording.hpp"
#include "harness/verdict/record.hpp"
#include "harness/wire/protocol.hpp"

#include <optional>
#include <string>
#include <variant>

namespace mailspec::run::recorded {

/// Holds every grammar rule and invariant against what a server said in a recording, without any connection.
///
/// Takes    the protocol of all its sessions; none: their greetings tell.
/// Gives    a record in which what was found names file and line; passwords are masked. Or the sentence, with file
///          and line, that says why the protocol cannot be told.
std::variant<verdict::scenario_record, std::string> audit(const recording& r, std::optional<wire::protocol> spoken);

} // namespace mailspec::run::recorded
