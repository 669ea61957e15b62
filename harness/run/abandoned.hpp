#pragma once

#include "harness/verdict/outcome.hpp"

#include <string>

namespace mailspec::run {

/// Ends the playing of a scenario that cannot be judged; thrown inside scripts, caught where the scenario ends.
struct abandoned {
    verdict::outcome result = verdict::outcome::inconclusive;
    std::string reason;                                          ///< one sentence
    enum class cause { anything, hangup } why = cause::anything; ///< hangup: the server ended the connection
};

} // namespace mailspec::run
