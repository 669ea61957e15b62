#pragma once

#include "harness/run/play.hpp"

#include <string_view>

namespace mailspec::run {

/// Is the latest answer a refusal that the texts leave to the server, or one that the target's notes explain, so that
/// it is no breach of what was expected?
///
/// Takes: the pattern that was missed.
bool refused_rightly(const play& of, const party& p, std::string_view expected);

} // namespace mailspec::run
