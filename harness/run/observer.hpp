#pragma once

#include "harness/run/play.hpp"
#include "harness/run/script.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::run {

/// One message as an independent session sees it.
struct seen_message {
    std::string id;                 ///< IMAP: the UID; POP3: the unique id, or where there is none number and size
    std::vector<std::string> flags; ///< without \Recent, ascending, lower-case; IMAP only
    bool operator==(const seen_message&) const = default;
};

/// The messages that an independent session sees where that party's session works: its scratch mailbox, its maildrop,
/// or the INBOX of its account; in the order of their numbers.
script<std::vector<seen_message>> look(play& of, party& p);

/// "\Answered \Seen" as a set that compares.
std::vector<std::string> flag_set(std::string_view flags);

} // namespace mailspec::run
