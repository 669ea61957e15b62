#pragma once

#include "harness/verdict/record.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mailspec::reports {

/// The table of what is not as an <effect> declares: what, before, after, declared, and what the session was told where
/// it was told something else; columns aligned, each line begun with `margin` and ended by LF. Empty: no rows.
std::string difference_table(const std::vector<verdict::difference>& rows, std::string_view margin);

} // namespace mailspec::reports
