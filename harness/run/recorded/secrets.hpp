#pragma once

#include "harness/run/recorded/recording.hpp"
#include "harness/verdict/masker.hpp"

namespace mailspec::run::recorded {

/// What the clients of a recording logged in with: passwords, and whatever went out in AUTH.
verdict::masker secrets_of(const recording& r);

} // namespace mailspec::run::recorded
