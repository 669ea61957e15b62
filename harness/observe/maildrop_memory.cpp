#include "harness/observe/maildrop_memory.hpp"

#include "harness/rfc/catalogue.hpp"

#include <algorithm>
#include <optional>
#include <unordered_set>
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

void maildrop_memory::forget_all() { all_.clear(); }

void maildrop_memory::distrust() {
    forget_all();
    trust_ = trust::lost;
}

void compare_maildrops(const maildrop_memory::messages& before, const maildrop_memory::messages& now,
                       const report& to) {
    // As many messages of the same sizes in the same places: they are the same ones, if none of the unique-ids is just
    // in another place and none of those renamed may have been removed by a site's policy.
    if (before.size() != now.size())
        return;
    std::unordered_set<std::string_view> known;
    for (const auto& each : before)
        known.insert(each.id);
    std::optional<std::size_t> renamed;
    for (std::size_t i = 0; i < now.size(); ++i) {
        if (before[i].octets != now[i].octets)
            return;
        if (before[i].id == now[i].id)
            continue;
        if (known.contains(now[i].id) || before[i].how == maildrop_memory::message::use::fetched)
            return;
        renamed = renamed.value_or(i);
    }
    if (renamed)
        to(req::pop3_uidl_persists, "message " + std::to_string(*renamed + 1) +
                                        " has another unique-id than in the "
                                        "session before");
}

} // namespace mailspec::observe
