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

/// The same in memory: no sockets, no threads, TLS only pretended.
verdict::run_record in_memory(const run::plan& what, std::string_view breach, patience how);

/// Every requirement that a reader or monitor found broken, whatever the scenario expects.
std::set<std::string_view> found_in(const verdict::scenario_record& record);

/// Every requirement that the record holds against the server.
std::set<std::string_view> accused_of(const verdict::scenario_record& record);

/// What `mailspec audit` makes of the record's transcript as reports show it.
struct reread {
    std::set<std::string_view> found;
    std::string fault;  ///< why it could not be read
    bool whole = false; ///< nothing of the transcript is left out
};
reread read_again(const verdict::scenario_record& record);

/// Is it about an extension that the built-in server does not have? Such a scenario proves nothing here: what it is
/// evidence of stays open.
bool is_beyond_built_in(const verdict::scenario_record& record);

/// "imap/noop: violates: line 7: ..."
std::string show(const verdict::scenario_record& record);

} // namespace mailspec::mischief_test
