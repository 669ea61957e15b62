#pragma once

#include "reports/coverage.hpp"

#include <iosfwd>

namespace mailspec::reports {

/// Writes coverage as JSON; reports/README.md names each field.
///
/// Faults   the state of `out`.
void write_coverage_json(std::ostream& out, const coverage& all, std::string_view version);

} // namespace mailspec::reports
