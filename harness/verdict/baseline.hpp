#pragma once

#include "harness/verdict/record.hpp"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace mailspec::verdict {

/// What a scenario came to in an earlier run.
struct known_scenario {
    outcome result = outcome::conforms;
    std::set<std::string, std::less<>> broken; ///< ids of requirements; "": an expectation that names none
};

/// An earlier run, which a run is compared with: only what differs from it decides.
struct baseline {
    std::string name; ///< for people: its file
    std::map<std::string, known_scenario, std::less<>> scenarios;
};

/// The requirements that a scenario found broken, each once, ascending by id; null, and then first: an expectation that
/// did not hold and names none. What the RFCs leave open is not broken.
std::vector<const rfc::requirement*> broken_by(const scenario_record& record);

/// Compares what a scenario came to with what the baseline has. The same outcome with the same requirements broken is
/// known; fewer of them, or a better outcome without any other, is better; all else that failed is new, and counts as
/// it would without a baseline. Where the outcome is the same and only SHOULDs are newly broken, that counts as a
/// deviation. `broken` and, where it was judged before, `inconclusive` are never known nor better.
comparison compare(const scenario_record& record, const baseline& with);

} // namespace mailspec::verdict
