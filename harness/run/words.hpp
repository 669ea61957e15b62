#pragma once

#include <string>
#include <string_view>

namespace mailspec::run {

/// Skips what is in `ends`, and takes what comes up to the next of them.
std::string_view take_until(std::string_view& from, std::string_view ends);

/// Of ASCII letters only.
std::string upper(std::string_view s);
std::string lower(std::string_view s);

/// A string as IMAP and ManageSieve quote it.
std::string quoted_string(std::string_view s);

} // namespace mailspec::run
