#pragma once

#include "harness/run/plan.hpp"
#include "reports/coverage.hpp"

#include <span>

namespace mailspec::tools {

/// What stands behind each requirement of the catalogue.
///
/// Takes    the scenarios that count, usually all that come with the program.
reports::coverage coverage_of(std::span<const run::scenario_ptr> scenarios);

} // namespace mailspec::tools
