#pragma once

#include "harness/verdict/record.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace mailspec::reports {

using verdict::outcome_count;
using verdict::tally;

/// "imap/fetch" of "imap/fetch/rfc822-sets-seen"; "scenarios" for an id without a folder, "recordings" of audit.
std::string folder_of(const verdict::scenario_info& of);
/// "rfc822-sets-seen" of the same.
std::string_view name_of(std::string_view id);

tally tally_of(const verdict::run_record& run);
std::map<std::string, tally, std::less<>> tally_by_folder(const verdict::run_record& run);

/// A table, one line per folder and a total, one column per outcome that occurred.
std::string summary_table(const verdict::run_record& run);

/// The scenarios of one outcome, grouped by their reason, the most frequent first; empty if there are none.
std::string grouped_by_reason(const verdict::run_record& run, verdict::outcome o);

/// Each requirement that was not kept, SHOULDs as well: in how many scenarios, the first of them; empty if all were.
std::string broken_requirements(const verdict::run_record& run);

/// What the <outcomes> of scenarios were, how many where they are too many to be read here; empty if none asked.
std::string answers(const verdict::run_record& run);

/// What scenarios note beside their verdicts, grouped by it; empty if nothing.
std::string notes(const verdict::run_record& run);

/// "in 3 of 100 plays; inconclusive in 2" of a scenario that was played again and again; else empty.
std::string in_plays(const verdict::scenario_record& record);

/// "412 scenarios against X in 1.3 s: 400 conform, 2 violate": the last line of a run.
std::string closing_line(const verdict::run_record& run);

} // namespace mailspec::reports
