#pragma once

#include <string_view>

namespace mailspec::run {

/// `<...token...@domain>`: an address at a domain of the target that the run's random word makes nobody's.
///
/// Takes    what stands for the token and the domain in that path; beside the token the local part has letters, digits
///          and hyphens only.
bool is_nobody(std::string_view path, std::string_view token, std::string_view domain);

} // namespace mailspec::run
