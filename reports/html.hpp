#pragma once

#include "harness/verdict/record.hpp"
#include "reports/coverage.hpp"

#include <iosfwd>

namespace mailspec::reports {

/// Writes a run, and what the catalogue's requirements rest on, as one HTML page that needs nothing but itself:
/// reports/README.md describes it.
///
/// Takes    strict: a deviation is a failure.
/// Faults   the state of `out`.
void write_html(std::ostream& out, const verdict::run_record& run, const coverage& all, verdict::strictness strict);

} // namespace mailspec::reports
