#pragma once

#include "harness/wire/imap/response.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::run {

/// What an independent session sees at one moment: plain values, to be compared with those of another moment.
struct snapshot {
    struct message {
        std::string id;                 ///< IMAP: the UID; POP3: the unique id, or the number where there is none
        std::vector<std::string> flags; ///< without \Recent, ascending, lower-case; IMAP only
        std::string date;               ///< INTERNALDATE; IMAP only
        std::string size;               ///< in octets, as the server says
        std::string octets;             ///< of new mail in an inbox that mail may come to; else empty
    };
    /// What holds messages, or may: also a name that is subscribed to and no mailbox.
    struct place {
        enum class kind { mailbox, inbox, maildrop } what = kind::mailbox;
        std::string role, name; ///< whose; "mailspec-x-1", "INBOX", "maildrop"
        bool exists = false;
        bool subscribed = false;
        std::string refused; ///< LIST has it, but EXAMINE of it was answered so: whether it exists cannot be told
        std::string delimiter;
        bool numbered = false;                ///< ids are mere numbers: POP3 without UIDL
        std::uint64_t validity = 0, next = 0; ///< UIDVALIDITY, UIDNEXT; 0: the server did not say
        std::vector<message> messages;        ///< in the order of their numbers
    };
    std::vector<place> places;
    /// By role: how the server refused to list its subscriptions, which are not known then.
    std::map<std::string, std::string, std::less<>> subscriptions_refused{};

    const place* find(std::string_view role, std::string_view name) const;
    /// The same; made where there is none.
    place& at(std::string_view role, std::string_view name);
};

/// The ids of what was there; none where there is no place. Life: as long as it.
std::set<std::string_view> ids_in(const snapshot::place* was);

/// Whether two INTERNALDATEs are the same moment, whatever zone they are shown in.
bool same_date(const snapshot::message& a, const snapshot::message& b);

/// "\Answered \Seen" as a set that compares: lower-case, ascending, without \Recent.
std::vector<std::string> flag_set(std::string_view flags);
/// Those that a FETCH response shows of its message.
std::vector<std::string> flag_set(const wire::imap::response& told);

/// "(\Answered \Seen)": such a set for people.
std::string show_flags(const std::vector<std::string>& set);

} // namespace mailspec::run
