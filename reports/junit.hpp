#pragma once

#include "harness/verdict/record.hpp"

#include <iosfwd>

namespace mailspec::reports {

/// Writes a run as JUnit XML, one suite for each folder of scenarios; reports/README.md names each field.
///
/// Takes    strict: a deviation is a failure.
/// Gives    XML that is valid against the Jenkins and the Surefire schema.
/// Faults   the state of `out`.
void write_junit(std::ostream& out, const verdict::run_record& run, verdict::strictness strict);

} // namespace mailspec::reports
