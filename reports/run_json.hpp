#pragma once

#include "harness/verdict/record.hpp"

#include <iosfwd>

namespace mailspec::reports {

/// The version of what write_run_json writes and read_baseline_json reads: another where a key changes its meaning.
constexpr unsigned run_json_format = 1;

/// Writes a run as JSON, which is a baseline too; reports/README.md names each field.
///
/// Faults   the state of `out`.
void write_run_json(std::ostream& out, const verdict::run_record& run);

} // namespace mailspec::reports
