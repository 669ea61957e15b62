#pragma once

#include "harness/observe/imap/fetch_watch.hpp"
#include "harness/observe/imap/mailbox_record.hpp"
#include "harness/observe/imap/search_watch.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::observe::imap {

/// What one session has been told of one message of the mailbox that it has selected.
struct known_message {
    std::uint32_t uid = 0; ///< 0: not told
    std::uint32_t flags = 0;
    std::uint32_t flags_at = 0; ///< the mailbox's flag epoch in which they were told; 0: never
    std::uint64_t modseq = 0;   ///< 0: not told
    message_facts* facts = nullptr;
};

/// Flags of a message as they were told, and what they come to. Life: until FLAGS is told anew.
struct flags_read {
    std::string as_told;
    std::uint32_t bits = 0;
    bool complete = true; ///< each of them has a bit
    bool recent = false;
    std::string unannounced; ///< one that FLAGS does not list
};

/// What one session has been told of the mailbox that it has selected.
class mailbox_view {
public:
    /// Of more messages than that nothing is kept.
    static constexpr std::size_t most = 10000;

    std::string name;
    std::uint32_t selected_at = 0; ///< when its SELECT went out
    bool read_only = false;
    bool by_examine = false;

    std::uint32_t exists = 0;
    std::uint32_t exists_idle = 0; ///< when no command was in progress last
    bool exists_told = false;
    bool exists_certain = true; ///< false: a VANISHED named what may not have been there
    std::uint32_t settled = 0;  ///< messages that were there when UIDNEXT was told
    std::uint32_t uidnext = 0;  ///< of that SELECT
    std::uint32_t uidvalidity = 0;

    incarnation* shared = nullptr; ///< null until UIDVALIDITY is told

    std::vector<std::uint64_t> flags;   ///< announced by FLAGS: digests without case, sorted
    std::vector<std::string> permanent; ///< of PERMANENTFLAGS, until SELECT is done
    bool flags_told = false;
    flags_read last_flags; ///< of the message told of last

    std::string unannounced;      ///< a flag that a message was told to have and that FLAGS has not announced
    std::uint32_t flag_epoch = 1; ///< goes on where flags may have changed without being told

    std::uint32_t beyond = 0; ///< the greatest message number told that is greater than EXISTS

    std::unique_ptr<fetch_watch> fetching;   ///< made by the first FETCH
    std::unique_ptr<search_watch> searching; ///< made by the first SEARCH

    /// Made when it is first asked for; null beyond what is kept.
    known_message* message(std::uint32_t number) {
        return number - 1 < messages_.size() ? &messages_[number - 1] : make_message(number);
    }
    /// Null where nothing is known.
    const known_message* find(std::uint32_t number) const;
    std::size_t known() const { return messages_.size(); }
    /// The message's facts, made when they are first asked for; null beyond what is kept.
    message_facts* facts_of(known_message& m);
    /// The message is gone; those behind it move up.
    void expunge(std::uint32_t number);
    /// Forgets which number each message has.
    void forget_numbers() { messages_.clear(); }
    /// A bit for each flag, the same for all spellings; zero where there are too many.
    std::uint32_t bit_of(std::string_view flag);

private:
    known_message* make_message(std::uint32_t number);

    std::vector<known_message> messages_; ///< by number
    std::deque<message_facts> own_facts_; ///< of messages whose UID is not told
    std::vector<std::string> bits_;       ///< the flags that bits stand for, upper-case
};

} // namespace mailspec::observe::imap
