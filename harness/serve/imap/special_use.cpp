#include "harness/serve/imap/special_use.hpp"

#include "harness/serve/imap/arguments.hpp"
#include "harness/serve/take_word.hpp"

#include <algorithm>

namespace mailspec::serve::imap {

bool can_have(std::string_view uses) {
    static constexpr std::string_view known[] = {"\\Archive", "\\Drafts", "\\Junk", "\\Sent", "\\Trash"};
    while (!uses.empty())
        if (std::ranges::none_of(known, [use = take_word(uses)](auto each) { return same(each, use); }))
            return false;
    return true;
}

} // namespace mailspec::serve::imap
