#pragma once

#include "harness/serve/store.hpp"

#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace mailspec::serve::imap {

/// A mailbox as one session sees it: message numbers, \Recent, and what has happened that it was not told yet.
///
/// Numbers change only when the session is told so (RFC 3501 section 7.4.1): what others expunge stays readable
/// here until then. Source for several sessions: RFC 2180.
class mailbox_view final : public mailbox_watcher {
public:
    enum class access { read_only, read_write };

    /// Breaches that live in the view.
    struct breaches {
        bool recent_stays = false;  ///< messages stay \Recent for the next session
        bool flags_private = false; ///< changed flags stay in this session
    };

    /// Takes the mailbox in, with all its messages announced; read_write claims its recent messages.
    mailbox_view(mailbox& box, access how, breaches b, std::function<void()> on_event);
    ~mailbox_view() override;
    mailbox_view(const mailbox_view&) = delete;
    mailbox_view& operator=(const mailbox_view&) = delete;

    bool writable() const { return how_ == access::read_write; }
    bool gone() const { return box_ == nullptr; } ///< the mailbox was deleted
    mailbox& box() { return *box_; }              ///< not when gone

    /// The unique identifiers in the order of the message numbers.
    std::span<const std::uint32_t> uids() const { return uids_; }
    std::uint32_t exists() const { return static_cast<std::uint32_t>(uids_.size()); }
    std::uint32_t number_of(std::uint32_t uid) const; ///< 0: not in this view
    std::uint32_t recent_count() const { return static_cast<std::uint32_t>(recent_.size()); }
    bool is_recent(std::uint32_t uid) const { return recent_.contains(uid); }
    bool was_expunged(std::uint32_t uid) const { return ghosts_.contains(uid); }

    /// The message with that index (its number less one), also one that was expunged meanwhile.
    /// Life: until the next change of the mailbox.
    stored_message* at(std::uint32_t index);

    void set_flags(std::uint32_t uid, std::set<std::string, std::less<>> flags);

    /// The flags of that message have been told: no more news about it.
    void told_flags(std::uint32_t uid) { changed_.erase(uid); }

    bool has_news() const { return !added_.empty() || !ghosts_.empty() || !changed_.empty(); }

    /// Forgets the expunged messages; gives their numbers, highest first, so that each is right when told in order.
    std::vector<std::uint32_t> take_expunged();
    /// Takes the new messages in; true when there were any.
    bool take_added();
    /// The uids, ascending, whose flags changed behind our back.
    std::vector<std::uint32_t> take_changed();

    void message_added(std::uint32_t uid) override;
    void message_expunged(const stored_message& m) override;
    void flags_changed(std::uint32_t uid) override;
    void mailbox_gone() override;

private:
    void claim_recent(std::uint32_t uid);

    mailbox* box_;
    access how_;
    breaches breaches_;
    std::function<void()> on_event_;
    std::vector<std::uint32_t> uids_;
    std::set<std::uint32_t> recent_;
    std::vector<std::uint32_t> added_;
    std::map<std::uint32_t, stored_message> ghosts_;
    std::set<std::uint32_t> changed_;
    std::map<std::uint32_t, stored_message> private_; ///< with breaches::flags_private
};

} // namespace mailspec::serve::imap
