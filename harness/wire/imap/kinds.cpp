#include "harness/wire/imap/kinds.hpp"

#include "harness/wire/imap/octets.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace mailspec::wire::imap {

response_kind kind_of(std::string_view name) {
    using enum response_kind;
    static constexpr std::array<std::pair<std::string_view, response_kind>, 32> names = {{
        {"FETCH", fetch},
        {"OK", ok},
        {"NO", no},
        {"BAD", bad},
        {"BYE", bye},
        {"PREAUTH", preauth},
        {"CAPABILITY", capability},
        {"ENABLED", enabled},
        {"ID", id},
        {"LIST", list},
        {"LSUB", lsub},
        {"XLIST", xlist},
        {"NAMESPACE", namespace_},
        {"STATUS", status},
        {"SEARCH", search},
        {"ESEARCH", esearch},
        {"FLAGS", flags},
        {"EXISTS", exists},
        {"RECENT", recent},
        {"EXPUNGE", expunge},
        {"VANISHED", vanished},
        {"SORT", sort},
        {"THREAD", thread},
        {"QUOTA", quota},
        {"QUOTAROOT", quotaroot},
        {"ACL", acl},
        {"LISTRIGHTS", listrights},
        {"MYRIGHTS", myrights},
        {"METADATA", metadata},
        {"LANGUAGE", language},
        {"COMPARATOR", comparator},
        {"", other},
    }};
    const auto* found = std::find_if(names.begin(), names.end(), [&](const auto& n) { return same_ci(n.first, name); });
    return found == names.end() ? other : found->second;
}

} // namespace mailspec::wire::imap
