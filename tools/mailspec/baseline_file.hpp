#pragma once

#include "tools/mailspec/arguments.hpp"

#include "harness/run/plan.hpp"
#include "harness/verdict/baseline.hpp"

#include <string>
#include <variant>
#include <vector>

namespace mailspec::tools {

/// Gives the baseline that the file holds, or the sentence that says why there is none.
std::variant<verdict::baseline, std::string> read_baseline(const std::string& file);

/// A line each for scenarios and for requirements that a baseline names and that there are not, neither among the
/// bundled ones nor where scenarios are taken from.
std::vector<std::string> strangers_in(const verdict::baseline& known, const scenario_choice& which);

} // namespace mailspec::tools
