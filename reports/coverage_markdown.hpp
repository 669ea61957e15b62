#pragma once

#include "reports/coverage.hpp"

#include <iosfwd>

namespace mailspec::reports {

/// Writes coverage as Markdown: a table of counts, then one of requirements for each protocol.
///
/// Faults   the state of `out`.
void write_coverage_markdown(std::ostream& out, const coverage& all);

} // namespace mailspec::reports
