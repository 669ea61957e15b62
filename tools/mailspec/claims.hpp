#pragma once

#include "harness/rfc/requirement.hpp"
#include "harness/run/plan.hpp"

#include <set>

namespace mailspec::tools {

/// What a scenario claims to notice.
struct claims {
    std::set<const rfc::requirement*> proven;  ///< it fails where one of these is broken
    std::set<const rfc::requirement*> answers; ///< one of its <outcomes> is held against one of these
};

claims claims_of(const scenario::scenario& of);

} // namespace mailspec::tools
