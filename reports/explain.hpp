#pragma once

#include "harness/verdict/record.hpp"

#include <string>
#include <string_view>

namespace mailspec::reports {

/// "VIOLATES imap/fetch/rfc822-sets-seen: FETCH RFC822 sets \Seen": the first line of an explanation.
std::string headline(const verdict::scenario_record& record);

/// What went wrong in a scenario, line by line, to be pasted into a bug report as it is: the requirement with its
/// sentences, the scenario's file and line, what was expected, what came, what is wrong, and the transcript around it.
///
/// Gives    printable lines, each indented and ended by LF; findings are not in it.
std::string explain_failures(const verdict::scenario_record& record);

/// The same for one finding of a scenario.
std::string explain_finding(const verdict::observed& seen, const verdict::scenario_record& record);

/// What it notes beside its verdict.
std::string explain_notes(const verdict::scenario_record& record);

/// "SHOULD imap.id: title" and the quoted sentences below it, indented.
std::string cite(const rfc::requirement& broken);

} // namespace mailspec::reports
