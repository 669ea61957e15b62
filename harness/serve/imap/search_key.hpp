#pragma once

#include "harness/serve/imap/arguments.hpp"
#include "harness/serve/imap/mailbox_view.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace mailspec::serve::imap {

/// One condition of SEARCH; a list of them means all of them.
/// Source: RFC 3501 section 6.4.4.
struct search_key {
    enum class kind {
        all_of,
        either,
        negated, ///< by their children
        everything,
        numbers,
        uids,
        flag,
        recent,
        fresh, ///< fresh: NEW
        before,
        on,
        since,
        sent_before,
        sent_on,
        sent_since,
        larger,
        smaller,
        field,
        body,
        text
    };
    kind what = kind::everything;
    std::string word;         ///< what the client called it: "FROM", "(" for a list, "" for a set or the whole
    std::string name;         ///< flag or field
    std::string text;         ///< what is looked for, in lower case
    bool in_capitals = false; ///< some of it was sent in capitals
    std::uint32_t number = 0;
    std::chrono::sys_days day{};
    sequence_set set;
    std::vector<search_key> children;
};

/// Reads all keys up to the end of the command.
search_key read_search_keys(arguments& args);

/// True when a message number of the key is above EXISTS.
bool names_missing_number(const search_key& key, std::uint32_t exists);

/// True when the message with that index matches.
bool matches(const search_key& key, mailbox_view& view, std::uint32_t index);

} // namespace mailspec::serve::imap
