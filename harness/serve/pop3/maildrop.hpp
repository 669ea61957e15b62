#pragma once

#include "harness/serve/store.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::serve::pop3 {

/// One message of a maildrop as the session sees it.
struct item {
    std::uint32_t uid = 0;
    std::shared_ptr<const std::string> octets;
    bool deleted = false;
    bool retrieved = false;

    /// Octets as RETR sends them, undoubled: a message that ends in the midst of a line is given a line end.
    std::size_t size() const;
};

/// The INBOX of an account, locked and frozen for one POP3 session. Source: RFC 1939 section 4.
///
/// Message numbers count from 1 and never move, whatever other sessions do meanwhile.
/// Life: the lock is let go by the destructor; the account outlives it.
class maildrop {
public:
    /// Takes an account whose maildrop nobody holds.
    explicit maildrop(account& owner);
    ~maildrop();
    maildrop(const maildrop&) = delete;
    maildrop& operator=(const maildrop&) = delete;

    /// The message with that number, or null when there is none or it is marked as deleted.
    item* find(std::size_t number);
    std::vector<item>& items() { return items_; }

    std::size_t count() const;  ///< of those not marked
    std::size_t octets() const; ///< of those not marked
    void unmark_all();

    /// The UPDATE state: removes the marked messages from the mailbox.
    void update();

    /// What a server does that does not forget what it should: marks outlive the session, and so does the lock.
    void leave_marks();
    void find_marks();
    void keep_lock() { keeps_lock_ = true; }

    /// Whether the mailbox still has that message; no lock keeps another protocol from removing it.
    bool is_there(const item& i) const;

    /// The UIDL of a message: the same in each session, and never given to another message.
    std::string unique_id(const item& i) const;

private:
    account& owner_;
    std::vector<item> items_;
    std::uint32_t uid_validity_;
    bool keeps_lock_ = false;
};

} // namespace mailspec::serve::pop3
