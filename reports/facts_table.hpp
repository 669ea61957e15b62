#pragma once

#include "reports/console.hpp"
#include "reports/facts.hpp"

#include <iosfwd>

namespace mailspec::reports {

/// Writes the questions as rows, the targets as columns, and notes below: the sentences that an answer breaks, why
/// there is no answer.
///
/// Takes    the look: on a terminal the table is wrapped to its width, elsewhere each row is one line.
/// Faults   the state of `out`.
void write_facts_table(std::ostream& out, const facts& of, const console_options& look);

} // namespace mailspec::reports
