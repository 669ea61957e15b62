#pragma once

#include "harness/serve/imap/arguments.hpp"
#include "harness/serve/imap/name_pattern.hpp"

#include <string>
#include <vector>

namespace mailspec::serve::imap {

/// What a LIST command asks for.
/// Source: RFC 3501 section 6.3.8; RFC 5258 section 3 (options), RFC 6154 section 2 (SPECIAL-USE).
struct list_request {
    bool only_subscribed = false;
    bool only_special_use = false;
    bool recursive = false; ///< RECURSIVEMATCH
    bool tell_subscribed = false;
    bool extended = false; ///< any option, or a list of patterns
    bool empty_pattern = false;
    bool names_others = false;       ///< a pattern begins as names of other users' mailboxes do
    bool has_percent = false;        ///< a pattern has the wildcard that stops at a delimiter
    bool ignores_selection = false;  ///< a breach: all names are listed, whatever the selection options say
    std::vector<std::string> status; ///< items to tell of each mailbox (RFC 5819 section 2); empty: none
    std::vector<name_pattern> patterns;

    bool matches(std::string_view name) const;
};

/// Reads the arguments, the space before them too.
list_request read_list_request(arguments& args);

/// Reads those of LSUB: no options, one pattern.
list_request read_lsub_request(arguments& args);

} // namespace mailspec::serve::imap
