#pragma once

#include "harness/run/observer.hpp"
#include "harness/scenario/scenario.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace mailspec::run {

/// One message whose state is not what an <effect> declares.
struct undeclared {
    std::uint32_t line = 0;                   ///< of the <change> it goes against; 0: of the <effect>
    const rfc::requirement* proves = nullptr; ///< of that <change>
    std::string declared;                     ///< "message 1 gains \Seen"
    std::string why;                          ///< "message 1 had () before and has (\Flagged) after"
};

/// Holds what was seen before and after against the declared changes: exactly those, nothing else.
///
/// Message n of a change is the n-th that was seen before.
std::vector<undeclared> compare(const std::vector<seen_message>& before, const std::vector<seen_message>& after,
                                const std::vector<scenario::change>& declared);

} // namespace mailspec::run
