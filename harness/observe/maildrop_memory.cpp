#include "harness/observe/maildrop_memory.hpp"

#include "harness/rfc/catalogue.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace mailspec::observe {

namespace req = rfc::req;

maildrop_memory::messages* maildrop_memory::of(std::string_view user) {
    const auto found = std::find_if(all_.begin(), all_.end(), [&](const maildrop& m) { return m.user == user; });
    return found == all_.end() ? nullptr : &found->seen;
}

void maildrop_memory::remember(std::string_view user, messages seen) {
    if (trust_ == trust::lost)
        return;
    if (auto* known = of(user))
        *known = std::move(seen);
    else
        all_.push_back({std::string(user), std::move(seen)});
}

void maildrop_memory::forget(std::string_view user) {
    std::erase_if(all_, [&](const maildrop& m) { return m.user == user; });
}

void maildrop_memory::distrust() {
    all_.clear();
    trust_ = trust::lost;
}

void compare_maildrops(const maildrop_memory::messages& before, const maildrop_memory::messages& now,
                       const report& to) {
    std::unordered_map<std::string_view, std::uint64_t> known;
    for (const auto& each : before)
        known.emplace(each.id, each.octets);
    // The same number of messages of the same sizes: they are the same ones, if no id of old stands elsewhere.
    bool alike = before.size() == now.size();
    const maildrop_memory::message* renamed = nullptr;
    const maildrop_memory::message* was = nullptr;
    for (std::size_t i = 0; i < now.size(); ++i) {
        const auto old = known.find(now[i].id);
        if (old != known.end() && old->second != now[i].octets)
            to(req::pop3_uidl_not_reused, "the unique-id " + now[i].id + " named a message of " +
                                              std::to_string(old->second) + " octets before, now one of " +
                                              std::to_string(now[i].octets));
        if (!alike || now[i].id == before[i].id) {
            alike = alike && now[i].octets == before[i].octets;
            continue;
        }
        alike = old == known.end() && now[i].octets == before[i].octets &&
                before[i].how == maildrop_memory::message::use::untouched;
        renamed = renamed ? renamed : &now[i];
        was = was ? was : &before[i];
    }
    if (alike && renamed)
        to(req::pop3_uidl_persists, "message " + std::to_string(renamed - now.data() + 1) + " has the unique-id " +
                                        renamed->id + ", in the session before it had " + was->id);
}

} // namespace mailspec::observe
