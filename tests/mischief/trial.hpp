#pragma once

#include "harness/rfc/requirement.hpp"
#include "harness/run/plan.hpp"
#include "harness/verdict/record.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::mischief_test {

/// How a trial waits: as the scenarios say, or hardly at all where something is known to be amiss.
enum class patience { as_written, short_tempered };

/// All scenarios that come with the program, loaded; those that do not load are left out (tests/scenario minds them).
run::plan bundled_plan(patience how);

/// Runs the plan against a built-in server of its own that commits that breach; empty: none.
verdict::run_record against_built_in(const run::plan& what, std::string_view breach, patience how);

/// Does a finding name the breach when a built-in server commits it, not only a scenario's expectation that was missed?
bool is_found(const run::plan& what, const rfc::requirement& breach);

/// The plan without the facts that no such breach could turn: those whose answers are not held against it.
run::plan without_other_facts(const run::plan& of, std::string_view breach);

/// Every requirement that the record holds against the server.
std::set<std::string_view> accused_of(const verdict::scenario_record& record);

/// "imap/noop: violates: line 7: ..."
std::string show(const verdict::scenario_record& record);

} // namespace mailspec::mischief_test
