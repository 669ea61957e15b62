#include "harness/serve/imap/special_use.hpp"

#include "harness/serve/imap/arguments.hpp"

#include <algorithm>

namespace mailspec::serve::imap {

bool can_have(std::string_view uses) {
    static constexpr std::string_view known[] = {"\\Archive", "\\Drafts", "\\Junk", "\\Sent", "\\Trash"};
    while (!uses.empty()) {
        const auto use = uses.substr(0, uses.find(' '));
        if (std::ranges::none_of(known, [&](auto each) { return same(each, use); }))
            return false;
        uses.remove_prefix(std::min(uses.size(), use.size() + 1));
    }
    return true;
}

} // namespace mailspec::serve::imap
