#include "harness/run/removal.hpp"

#include <algorithm>

namespace mailspec::run {

using success = dialogue::success;

script<std::optional<std::vector<std::string>>> names_to_remove(party& p, std::string_view beginning, listed what) {
    const auto listed_now = co_await list_names(p, beginning, what);
    std::optional<std::vector<std::string>> found;
    if (!listed_now)
        co_return found;
    auto& names = found.emplace();
    for (const auto& each : *listed_now)
        if (each.exists || what == listed::subscriptions)
            names.push_back(each.name);
    std::sort(names.begin(), names.end(),
              [](const auto& a, const auto& b) { return a.size() != b.size() ? a.size() > b.size() : a < b; });
    names.erase(std::unique(names.begin(), names.end()), names.end());
    co_return found;
}

script<std::string> remove_name(party& p, std::string_view name, listed what) {
    const auto words = (what == listed::mailboxes ? "DELETE " : "UNSUBSCRIBE ") + mailbox_argument(name);
    const auto removed = co_await p.talk->command(words);
    std::string refusal;
    if (removed != success::yes && p.talk->decisive().find("[NONEXISTENT]") == std::string_view::npos)
        refusal = quote(p.talk->decisive());
    co_return refusal;
}

script<> leave_mailbox(party& p) {
    co_await p.talk->command(p.over.can.has("UNSELECT") ? "UNSELECT" : "CLOSE");
    p.mailbox.clear();
}

} // namespace mailspec::run
