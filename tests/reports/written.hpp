#pragma once

#include "harness/verdict/record.hpp"
#include "reports/console.hpp"

#include <string>
#include <vector>

namespace mailspec::tests {

/// All that the console says of such a run, from its start to its end.
std::string on_console(const verdict::run_record& run, const reports::console_options& options = {},
                       const std::vector<std::string>& notes = {});

std::string as_junit(const verdict::run_record& run, verdict::strictness strict = verdict::strictness::normal);

} // namespace mailspec::tests
