#pragma once

#include "harness/rfc/requirement.hpp"

#include <span>

namespace mailspec::tools {

/// Who in the harness says that a requirement is broken, whatever a scenario expects.
enum class watcher {
    reader,  ///< harness/wire: the grammar
    monitor, ///< harness/observe: what must stay true of a connection
    observer ///< harness/run: what an <effect> must leave as it was
};

struct watched {
    const rfc::requirement* what;
    watcher by;
};

/// Every requirement that these rooms cite, by room; tools/generate_watched.py makes it of their sources.
std::span<const watched> watched_requirements();

} // namespace mailspec::tools
