#pragma once

#include <string_view>

namespace mailspec::verdict {

/// How what a scenario came to stands to a baseline.
enum class standing {
    as_before, ///< well or unsupported, and that is no news
    known,     ///< it failed in the same way
    better,    ///< it failed, or failed in more; or it could not be played and conforms now
    fresh,     ///< it did not fail, or not so
    lost       ///< it was played, and is unsupported now
};

/// "as before", "known", "better", "new", "lost"
std::string_view to_string(standing s);

} // namespace mailspec::verdict
