#include "harness/serve/imap/message_set.hpp"

namespace mailspec::serve::imap {

std::optional<std::vector<std::uint32_t>> pick_messages(const mailbox_view& view, const sequence_set& set,
                                                        numbering by) {
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
