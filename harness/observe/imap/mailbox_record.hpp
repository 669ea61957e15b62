#pragma once

#include "harness/observe/imap/message_facts.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <unordered_map>

namespace mailspec::observe::imap {

/// A number and when it was told, in the scenario's own time; zero: none was.
struct told {
    std::uint32_t value = 0;
    std::uint32_t at = 0;

    /// Keeps the greatest; of equal ones the first.
    void raise(std::uint32_t to, std::uint32_t now) {
        if (to > value)
            *this = {to, now};
    }
    /// Was it known before a command went out at that time?
    bool before(std::uint32_t sent) const { return value > 0 && at < sent; }
};

/// Who was told something of a message first.
struct telling {
    std::uint32_t selection = 0; ///< when the telling session had sent its SELECT
    std::uint32_t at = 0;
};

/// What the sessions of a scenario learn of a mailbox under one UIDVALIDITY.
///
/// Source   RFC 3501 section 2.3.1.1: mailbox name, UIDVALIDITY and UID refer to one immutable message forever.
struct incarnation {
    /// Of more messages than that nothing is kept.
    static constexpr std::size_t most = 100000;

    told uidnext; ///< the greatest announced
    told highest; ///< the greatest UID of a message
    std::deque<message_facts> facts;
    std::unordered_map<std::uint32_t, message_facts*> by_uid; ///< into facts
    std::unordered_map<std::uint32_t, telling> recent;        ///< by UID: told \Recent in a read-write session
    std::unordered_map<std::uint32_t, telling> gone;          ///< by UID: told to be expunged
};

/// What the sessions of a scenario learn of one mailbox of one user.
struct mailbox_record {
    /// Of more UIDVALIDITYs than that nothing is kept.
    static constexpr std::size_t most = 100;

    told uidvalidity; ///< the latest
    std::map<std::uint32_t, incarnation> by_uidvalidity;
};

} // namespace mailspec::observe::imap
