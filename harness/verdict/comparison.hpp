#pragma once

#include "harness/verdict/outcome.hpp"
#include "harness/verdict/standing.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mailspec::verdict {

/// What one scenario came to, beside what a baseline says of it.
struct comparison {
    standing how = standing::as_before;
    outcome counts = outcome::conforms; ///< what decides the exit status: of what is new, the worst
    std::optional<outcome> before;      ///< what the baseline has; nothing: it does not name the scenario
    std::vector<std::string> added;     ///< ids of requirements that are broken and were not, ascending
    std::vector<std::string> gone;      ///< of those that were broken and are not
};

} // namespace mailspec::verdict
