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

script<> leave_mailbox(const play& of, party& p) {
    if (!p.over.selected)
        co_return;
    p.mailbox.clear();
    if (p.over.can.has("UNSELECT") || p.over.can.has("IMAP4rev2")) {
        co_await p.talk->command("UNSELECT");
        co_return;
    }
    const auto ours =
        std::find_if(of.scratches.begin(), of.scratches.end(), [&](const scratch& s) { return s.role == p.over.role; });
    const bool owned = ours != of.scratches.end();
    const auto words = "EXAMINE " + mailbox_argument(owned ? ours->name : "INBOX");
    const auto opened = co_await p.talk->command(words);
    if (owned && opened == success::yes)
        co_await p.talk->command("CLOSE");
}

} // namespace mailspec::run
