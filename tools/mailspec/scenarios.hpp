#pragma once

#include "tools/mailspec/arguments.hpp"

#include "harness/run/plan.hpp"
#include "harness/scenario/load.hpp"

#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace mailspec::tools {

/// One scenario file, not yet loaded.
struct scenario_source {
    std::string id;   ///< the path below its folder, without ".xml"
    std::string file; ///< as shown to people
    std::string xml;
    std::string folder; ///< where its messages are; empty: the bundled ones
};

/// Finds scenario files. Takes folders and files; none: the bundled scenarios.
///
/// Gives    the sources, ascending by id, or the sentence that says what could not be read.
std::variant<std::vector<scenario_source>, std::string> find_sources(const std::vector<std::string>& from);

/// What loading many files came to.
struct loaded {
    std::vector<run::scenario_ptr> scenarios;
    std::vector<scenario::load_error> errors;
};
loaded load_all(const std::vector<scenario_source>& sources);

/// All that come with the program.
std::vector<run::scenario_ptr> bundled_scenarios();

/// What quotes a file as lines for a terminal: whatever the file holds, but for its tabs, is made printable.
std::string printable(const std::string& text);

/// Finds, loads and selects; says on `err` what is wrong and then gives nothing: every load error, not only the first.
std::optional<run::plan> choose(const scenario_choice& which, std::ostream& err);

/// The same where only ids, titles, tags and protocols matter: bundled scenarios are not read for that, and the plan
/// holds nothing else of them.
std::optional<run::plan> choose_outlines(const scenario_choice& which, std::ostream& err);

/// The same of scenarios that ask something. An id may be given without the folder facts/ in front.
std::optional<run::plan> choose_facts(const scenario_choice& which, std::ostream& err);

} // namespace mailspec::tools
