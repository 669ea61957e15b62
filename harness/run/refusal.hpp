#pragma once

#include "harness/run/play.hpp"

#include <string_view>

namespace mailspec::run {

/// Is the latest answer a refusal that the texts leave to the server, so that it is no breach of what was expected?
///
/// Takes: the pattern that was missed.
bool refused_rightly(const party& p, std::string_view expected);

} // namespace mailspec::run
