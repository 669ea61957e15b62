#pragma once

#include "harness/verdict/record.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::reports {

using verdict::outcome_count;
using verdict::tally;

/// "imap/fetch" of "imap/fetch/rfc822-sets-seen"; "scenarios" for an id without a folder, "recordings" of audit.
std::string folder_of(const verdict::scenario_info& of);
/// "rfc822-sets-seen" of the same.
std::string_view name_of(std::string_view id);

/// "a, b, c and 4 more"
std::string some_of(const std::vector<std::string_view>& ids);

tally tally_of(const verdict::run_record& run);
std::map<std::string, tally, std::less<>> tally_by_folder(const verdict::run_record& run);

/// How many scenarios stand so to the baseline.
std::size_t count_of(const verdict::run_record& run, verdict::standing how);

/// A table, one line per folder and a total, one column per outcome that occurred.
std::string summary_table(const verdict::run_record& run);

/// The scenarios of one outcome, grouped by their reason, the most frequent first; empty if there are none. What the
/// baseline knows is left out, here and below.
std::string grouped_by_reason(const verdict::run_record& run, verdict::outcome o);

/// Each requirement that was not kept, SHOULDs as well: in how many scenarios, the first of them; empty if all were.
std::string broken_requirements(const verdict::run_record& run);

/// How many scenarios are known, new, better, unsupported now, and the first of those that are not known.
std::string against_baseline(const verdict::run_record& run);

/// What the <outcomes> of scenarios were, how many where they are too many to be read here; empty if none asked.
std::string answers(const verdict::run_record& run);

/// What scenarios note beside their verdicts, grouped by it; empty if nothing.
std::string notes(const verdict::run_record& run);

/// "in 3 of 100 plays; inconclusive in 2" of a scenario that was played again and again; else empty.
std::string in_plays(const verdict::scenario_record& record);

/// "412 scenarios against X in 1.3 s: 400 conform, 2 violate": the last line of a run. Behind it, where there is a
/// baseline, "; 1 known, 1 new, 0 better".
std::string closing_line(const verdict::run_record& run);

} // namespace mailspec::reports
