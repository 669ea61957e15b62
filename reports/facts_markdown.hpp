#pragma once

#include "reports/facts.hpp"

#include <iosfwd>

namespace mailspec::reports {

/// Writes facts as a Markdown table with notes below it.
///
/// Faults   the state of `out`.
void write_facts_markdown(std::ostream& out, const facts& of);

} // namespace mailspec::reports
