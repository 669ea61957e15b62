#pragma once

#include "harness/verdict/outcome.hpp"

#include <cstdint>
#include <string>

namespace mailspec::run {

/// Ends the playing of a scenario that cannot be judged; thrown inside scripts, caught where the scenario ends.
struct abandoned {
    verdict::outcome result = verdict::outcome::inconclusive;
    std::string reason;                                          ///< one sentence
    enum class cause { anything, hangup } why = cause::anything; ///< hangup: the server ended the connection
    std::uint32_t at = 0; ///< number of the transcript's entry at which it was caught
};

} // namespace mailspec::run
