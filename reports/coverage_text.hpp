#pragma once

#include "reports/coverage.hpp"

#include <iosfwd>

namespace mailspec::reports {

/// Writes coverage for people: counts for each RFC and level, then each requirement with its places and what stands
/// behind it.
///
/// Faults   the state of `out`.
void write_coverage_text(std::ostream& out, const coverage& all);

} // namespace mailspec::reports
