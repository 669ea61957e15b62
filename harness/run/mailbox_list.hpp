#pragma once

#include "harness/run/play.hpp"
#include "harness/run/script.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::run {

/// The two lists of names that an IMAP account has: a subscription outlives its mailbox.
enum class listed { mailboxes, subscriptions };

/// A name in one of them.
struct listed_name {
    std::string name, delimiter;
    bool exists = true;     ///< false: the server says that nothing is there
    bool selectable = true; ///< false: it says that, or that it cannot be selected
};

/// A mailbox name as it stands in a command; with a wildcard behind it, a pattern.
std::string mailbox_argument(std::string_view name, std::string_view wildcard = "");

/// The names that begin so, as the server orders them; nothing where it refuses. Left out are names that no command
/// can carry (control characters).
script<std::optional<std::vector<listed_name>>> list_names(party& p, std::string_view beginning, listed what);

} // namespace mailspec::run
