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

std::optional<std::vector<std::uint32_t>> pick_messages(conversation& c, const sequence_set& as_sent, numbering by) {
    const auto& view = c.view();
    auto set = as_sent;
    std::erase_if(set.ranges, [&](const auto& range) { return is_lost(c, range, by); });
    if (by == numbering::uid)
        return set.pick(view.uids());
    if (set.exceeds(view.exists()))
        return std::nullopt;
    std::vector<std::uint32_t> out;
    for (auto [low, high] : set.resolve(view.exists()))
        for (auto n = low; n <= high; ++n)
            out.push_back(n - 1);
    return out;
}

} // namespace mailspec::serve::imap
