#pragma once

#include "tools/mailspec/arguments.hpp"

#include "harness/run/target.hpp"

#include <string>
#include <variant>

namespace mailspec::tools {

/// The target that --target names, its secrets fetched: from a file, or from URLs with the password of
/// MAILSPEC_PASSWORD, --password-file, --password-command or a prompt. Faults: ready to be shown; a file of
/// authorities that cannot be read is one.
std::variant<run::target, std::string> target_from(const run_arguments& how);

} // namespace mailspec::tools
