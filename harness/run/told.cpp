#include "harness/run/told.hpp"

#include "harness/wire/imap/views.hpp"

#include <algorithm>
#include <variant>

namespace mailspec::run {

using wire::imap::response_kind;

told::told(const snapshot::place* before) {
    constexpr std::size_t most = 10000; // of more it is not kept what was told
    for (std::size_t i = 0; before && i < std::min(before->messages.size(), most); ++i)
        ids_.push_back(before->messages[i].id);
}

void told::hear(const match::answer& said) {
    if (const auto* imap = std::get_if<match::imap_answer>(&said))
        for (const auto& r : imap->untagged)
            hear(r);
}

void told::hear(const wire::imap::response& r) {
    if (r.kind == response_kind::exists)
        exists_ = r.number;
    if (r.kind == response_kind::expunge && exists_.value_or(0) > 0)
        --*exists_;
    if (r.kind != response_kind::fetch && r.kind != response_kind::expunge)
        return;
    if (r.number == 0 || r.number > ids_.size())
        return;
    const auto at = static_cast<std::ptrdiff_t>(r.number - 1);
    auto& last = last_[ids_[r.number - 1]];
    if (r.kind == response_kind::expunge) {
        last = "EXPUNGE";
        ids_.erase(ids_.begin() + at);
        return;
    }
    if (wire::imap::find_fetch_item(r, "FLAGS"))
        last = "FLAGS " + show_flags(flag_set(r));
}

std::string told::unlike(std::size_t count) const {
    return exists_.value_or(count) == count ? std::string() : std::to_string(*exists_) + " EXISTS";
}

std::string told::of(const std::string& id) const {
    const auto found = last_.find(id);
    return found == last_.end() ? std::string() : found->second;
}

} // namespace mailspec::run
