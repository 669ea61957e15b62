#pragma once

#include "reports/console.hpp"

namespace mailspec::tools {

/// How the console may look on standard output: a terminal or not, how wide, and whether NO_COLOR or TERM=dumb
/// forbid colours.
reports::console_options look_of_standard_output();

} // namespace mailspec::tools
