#pragma once

#include "harness/run/abandoned.hpp"
#include "harness/run/finding_log.hpp"
#include "harness/run/play.hpp"
#include "harness/verdict/masker.hpp"
#include "harness/verdict/record.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mailspec::run {

/// What is known of a scenario before it runs.
verdict::scenario_info describe(const scenario::scenario& s);

/// Adds what was found of a server, masked, with the outcome and the reason that follow from it.
void add_finding(verdict::observed seen, const verdict::masker& secrets, verdict::scenario_record& into);
/// Notes what was found and is not in the record, and what was not watched.
void add_notes(const finding_log& found, std::vector<std::string> unwatched, verdict::scenario_record& into);

/// Makes the record of a scenario that was played: outcome, one-sentence reason, everything masked.
///
/// Takes    why it was abandoned, if it was.
verdict::scenario_record conclude(const play& of, const std::optional<abandoned>& because,
                                  const verdict::masker& secrets);

} // namespace mailspec::run
