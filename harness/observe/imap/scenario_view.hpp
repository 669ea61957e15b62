#pragma once

#include "harness/observe/imap/mailbox_record.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace mailspec::observe::imap {

/// What the IMAP sessions of one scenario know together. Life: longer than their monitors.
class scenario_view {
public:
    /// The scenario's own time: goes on with each command.
    std::uint32_t tick() { return ++now_; }
    std::uint32_t now() const { return now_; }
    std::uint32_t new_session() { return ++sessions_; }

    /// Takes a number that stands for the user.
    mailbox_record& of(std::uint64_t user, std::string_view mailbox);
    /// That one deletes or renames a mailbox, or has done so: names mean other mailboxes from now on.
    void forget_names();
    /// Is what a command sent at that time is told of a name about the mailbox that has that name now?
    bool names_stand_since(std::uint32_t sent) const { return sent > names_at_; }

    /// That session, or with 0 no one knows who, may change what is in mailboxes.
    void note_writer(std::uint32_t session);
    /// Does no session but that one change what is in mailboxes?
    bool is_only_writer(std::uint32_t session) const { return writer_ == 0 || writer_ == session; }

    /// What was not watched, as mailboxes were too large.
    enum class limit : std::uint8_t { messages = 1, searches = 2 };
    void leave_unwatched(limit what) { unwatched_ |= static_cast<std::uint8_t>(what); }
    /// The same in sentences.
    std::vector<std::string> unwatched() const;

private:
    std::uint32_t now_ = 0;
    std::uint32_t names_at_ = 0; ///< when names changed their meaning last
    std::uint32_t sessions_ = 0;
    std::uint8_t unwatched_ = 0;                                                 ///< limits as bits
    std::uint32_t writer_ = 0;                                                   ///< 0: none; all ones: several
    std::unique_ptr<std::unordered_map<std::uint64_t, mailbox_record>> records_; ///< null until one is needed
};

} // namespace mailspec::observe::imap
