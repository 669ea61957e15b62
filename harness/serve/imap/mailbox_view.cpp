#include "harness/serve/imap/mailbox_view.hpp"

#include <algorithm>

namespace mailspec::serve::imap {

mailbox_view::mailbox_view(mailbox& box, access how, breaches b, std::function<void()> on_event)
    : box_(&box), how_(how), breaches_(b), on_event_(std::move(on_event)) {
    uids_.reserve(box.messages().size());
    for (const auto& m : box.messages()) {
        uids_.push_back(m.uid);
        claim_recent(m.uid);
    }
    if (writable() && !breaches_.recent_stays)
        box.recent_from = box.uid_next;
    box.watch(*this);
}

mailbox_view::~mailbox_view() {
    if (box_)
        box_->unwatch(*this);
}

void mailbox_view::claim_recent(std::uint32_t uid) {
    if (uid >= box_->recent_from)
        recent_.insert(recent_.end(), uid);
}

std::uint32_t mailbox_view::number_of(std::uint32_t uid) const {
    auto it = std::ranges::lower_bound(uids_, uid);
    return it != uids_.end() && *it == uid ? static_cast<std::uint32_t>(it - uids_.begin()) + 1 : 0;
}

stored_message* mailbox_view::at(std::uint32_t index) {
    auto uid = uids_[index];
    if (auto ghost = ghosts_.find(uid); ghost != ghosts_.end())
        return &ghost->second;
    if (auto mine = private_.find(uid); mine != private_.end())
        return &mine->second;
    return box_ ? box_->find(uid) : nullptr;
}

void mailbox_view::set_flags(std::uint32_t uid, std::set<std::string, std::less<>> flags) {
    if (breaches_.flags_private) {
        auto& mine = private_.try_emplace(uid, *at(number_of(uid) - 1)).first->second;
        mine.flags = std::move(flags);
    } else if (box_)
        box_->set_flags(uid, std::move(flags), this);
}

std::vector<std::uint32_t> mailbox_view::take_expunged() {
    std::vector<std::uint32_t> numbers;
    numbers.reserve(ghosts_.size());
    for (auto it = ghosts_.rbegin(); it != ghosts_.rend(); ++it) {
        numbers.push_back(number_of(it->first));
        recent_.erase(it->first);
        changed_.erase(it->first);
    }
    std::erase_if(uids_, [&](std::uint32_t uid) { return ghosts_.contains(uid); });
    ghosts_.clear();
    return numbers;
}

bool mailbox_view::take_added() {
    if (added_.empty())
        return false;
    for (auto uid : added_) {
        uids_.push_back(uid);
        claim_recent(uid);
    }
    if (writable() && !breaches_.recent_stays)
        box_->recent_from = std::max(box_->recent_from, added_.back() + 1);
    added_.clear();
    return true;
}

std::vector<std::uint32_t> mailbox_view::take_changed() {
    std::vector<std::uint32_t> uids(changed_.begin(), changed_.end());
    changed_.clear();
    return uids;
}

void mailbox_view::message_added(std::uint32_t uid) {
    added_.push_back(uid);
    on_event_();
}

void mailbox_view::message_expunged(const stored_message& m) {
    if (std::erase(added_, m.uid) == 0)
        ghosts_.emplace(m.uid, m);
    changed_.erase(m.uid);
    on_event_();
}

void mailbox_view::flags_changed(std::uint32_t uid) {
    if (number_of(uid) == 0)
        return;
    changed_.insert(uid);
    on_event_();
}

void mailbox_view::mailbox_gone() {
    box_ = nullptr;
    on_event_();
}

} // namespace mailspec::serve::imap
