#include "harness/serve/pop3/maildrop.hpp"

#include <algorithm>
#include <numeric>

namespace mailspec::serve::pop3 {

std::size_t item::size() const { return octets->size() + (octets->empty() || octets->ends_with("\r\n") ? 0 : 2); }

maildrop::maildrop(account& owner) : owner_(owner), uid_validity_(owner.inbox().uid_validity) {
    owner_.maildrop_locked = true;
    for (const auto& m : owner_.inbox().messages())
        items_.push_back({m.uid, m.octets});
}

maildrop::~maildrop() { owner_.maildrop_locked = keeps_lock_; }

item* maildrop::find(std::size_t number) {
    if (number == 0 || number > items_.size() || items_[number - 1].deleted)
        return nullptr;
    return &items_[number - 1];
}

std::size_t maildrop::count() const {
    return static_cast<std::size_t>(std::ranges::count(items_, false, &item::deleted));
}

std::size_t maildrop::octets() const {
    return std::accumulate(items_.begin(), items_.end(), std::size_t{0},
                           [](std::size_t sum, const item& i) { return i.deleted ? sum : sum + i.size(); });
}

void maildrop::unmark_all() {
    for (auto& i : items_)
        i.deleted = false;
}

void maildrop::update() {
    auto& inbox = owner_.inbox();
    if (inbox.uid_validity != uid_validity_)
        return;
    for (const auto& i : items_)
        if (i.deleted)
            inbox.expunge(i.uid, nullptr);
}

void maildrop::leave_marks() {
    for (const auto& i : items_)
        if (i.deleted)
            owner_.inbox().set_flags(i.uid, {"\\Deleted"}, nullptr);
}

void maildrop::find_marks() {
    for (auto& i : items_)
        if (const auto* m = owner_.inbox().find(i.uid))
            i.deleted = m->flags.contains("\\Deleted");
}

bool maildrop::is_there(const item& i) const { return owner_.inbox().find(i.uid) != nullptr; }

std::string maildrop::unique_id(const item& i) const {
    return std::to_string(uid_validity_) + '.' + std::to_string(i.uid);
}

} // namespace mailspec::serve::pop3
