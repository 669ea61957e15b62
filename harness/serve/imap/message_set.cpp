#include "harness/serve/imap/message_set.hpp"

#include "harness/rfc/catalogue.hpp"

#include <algorithm>

namespace mailspec::serve::imap {
namespace {

namespace req = rfc::req;

/// Whether a breach loses that range.
bool is_lost(conversation& c, std::pair<std::uint32_t, std::uint32_t> range, numbering by) {
    const auto [first, second] = range;
    const bool star = second == sequence_set::star;
    if (!star && first > second && c.breaks(req::imap_set_descending))
        return true;
    const auto uids = c.view().uids();
    return star && by == numbering::uid && !uids.empty() && first > uids.back() && c.breaks(req::imap_set_star);
}

} // namespace

sequence_set saved_as_uids(conversation& c, const sequence_set& set) {
    if (!set.saved)
        return set;
    sequence_set out;
    const auto numbers_kept = c.breaks(req::imap_search_save_expunged) || c.breaks(req::imap_search_save_uid);
    std::uint32_t shift = numbers_kept ? 1 : 0;
    for (auto uid : c.saved())
        out.ranges.emplace_back(uid - shift, uid - shift);
    return out;
}

std::optional<std::vector<std::uint32_t>> pick_messages(conversation& c, const sequence_set& as_sent, numbering by) {
    const auto& view = c.view();
    auto set = saved_as_uids(c, as_sent);
    if (as_sent.saved)
        by = numbering::uid;
    std::erase_if(set.ranges, [&](const auto& range) { return is_lost(c, range, by); });
    const bool as_numbers = by == numbering::uid && !as_sent.saved && c.breaks(req::imap_uid_arguments);
    if (by == numbering::uid && !as_numbers) {
        auto found = set.pick(view.uids());
        const bool refuses = found.empty() && c.breaks(req::imap_uid_nonexistent);
        return refuses ? std::nullopt : std::optional(std::move(found));
    }
    if (set.exceeds(view.exists()))
        return std::nullopt;
    std::vector<std::uint32_t> out;
    for (auto [low, high] : set.resolve(view.exists()))
        for (auto n = low; n <= high; ++n)
            out.push_back(n - 1);
    return out;
}

} // namespace mailspec::serve::imap
