#pragma once

#include "harness/verdict/record.hpp"

#include <string>

namespace mailspec::reports {

/// Beside a scenario's outcome, what the baseline has: "known by the baseline", "the baseline says violates, but not
/// imap.noop.succeeds", "the baseline does not name it"; empty where nothing is to be said.
std::string beside_baseline(const verdict::scenario_record& record);

} // namespace mailspec::reports
