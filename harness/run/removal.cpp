#include "harness/run/removal.hpp"

#include "harness/run/imap_dialogue.hpp"
#include "harness/wire/imap/views.hpp"

#include <algorithm>

namespace mailspec::run {
namespace {

using success = dialogue::success;

bool is_plain(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("-_./").find(c) != std::string_view::npos;
    });
}

} // namespace

bool can_be_sent(std::string_view name) {
    return std::none_of(name.begin(), name.end(), [](char c) { return (c >= 0 && c < ' ') || c == 0x7f; });
}

std::string mailbox_argument(std::string_view name, std::string_view wildcard) {
    if (is_plain(name))
        return std::string(name).append(wildcard);
    std::string out = "\"";
    for (const char c : name) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out.append(wildcard) + '"';
}

std::string list_command(const party& p, std::string_view beginning, listed what) {
    const auto& can = p.over.can;
    const bool no_lsub = !can.has("IMAP4rev1") && (can.has("IMAP4rev2") || can.has("LIST-EXTENDED"));
    const std::string_view verb = what == listed::mailboxes ? "LIST" : no_lsub ? "LIST (SUBSCRIBED)" : "LSUB";
    return std::string(verb) + " \"\" " + mailbox_argument(beginning, "*");
}

script<std::optional<std::vector<std::string>>> list_names(party& p, std::string_view beginning, listed what) {
    std::optional<std::vector<std::string>> none;
    const auto words = list_command(p, beginning, what);
    const auto answered = co_await p.talk->command(words);
    if (answered != success::yes)
        co_return none;
    std::vector<std::string> names;
    for (const auto& r : static_cast<imap_dialogue&>(*p.talk).untagged()) {
        const auto view = wire::imap::list_of(r);
        if (!view || !view->mailbox || (what == listed::mailboxes && wire::imap::has_attribute(r, "\\NonExistent")))
            continue;
        auto name = r.values.text(*view->mailbox);
        if (name.starts_with(beginning) && can_be_sent(name))
            names.push_back(std::move(name));
    }
    std::sort(names.begin(), names.end(),
              [](const auto& a, const auto& b) { return a.size() != b.size() ? a.size() > b.size() : a < b; });
    names.erase(std::unique(names.begin(), names.end()), names.end());
    std::optional<std::vector<std::string>> found(std::move(names));
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
    if (p.over.can.has("UNSELECT")) {
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
