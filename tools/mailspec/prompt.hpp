#pragma once

#include <optional>
#include <string>

namespace mailspec::tools {

/// Asks the person at the terminal, without showing what is typed; the question is shown as it is.
///
/// Gives    nothing where there is no terminal, or when it was given up with Ctrl-C or Ctrl-D.
std::optional<std::string> ask_secret(const std::string& question);

} // namespace mailspec::tools
