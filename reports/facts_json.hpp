#pragma once

#include "reports/facts.hpp"

#include <iosfwd>
#include <string_view>

namespace mailspec::reports {

/// Writes facts as JSON; reports/README.md names each field.
///
/// Faults   the state of `out`.
void write_facts_json(std::ostream& out, const facts& of, std::string_view version);

} // namespace mailspec::reports
