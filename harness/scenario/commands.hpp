#pragma once

#include "harness/scenario/scenario.hpp"

#include <functional>

namespace mailspec::scenario {

/// Calls `see` with each of these steps and those inside them, in order.
void for_each_step(const block& steps, const std::function<void(const step&)>& see);

/// Calls `see` with each <C>, <data> and <raw> of these steps, however deep it stands, in order.
void for_each_command(const block& steps, const std::function<void(const step&, const command&)>& see);

} // namespace mailspec::scenario
