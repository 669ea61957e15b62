#include "harness/run/removal.hpp"

#include "harness/run/imap_dialogue.hpp"
#include "harness/wire/imap/views.hpp"

#include <algorithm>

namespace mailspec::run {
namespace {

using success = dialogue::success;

/// Also with wildcards: LIST takes them bare.
bool is_list_atom(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return c > ' ' && c < 0x7f && std::string_view("(){\"\\").find(c) == std::string_view::npos;
    });
}

std::string astring(std::string_view name) {
    if (is_list_atom(name))
        return std::string(name);
    std::string out = "\"";
    for (const char c : name) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + '"';
}

bool can_be_sent(std::string_view name) {
    return std::none_of(name.begin(), name.end(), [](char c) { return (c >= 0 && c < ' ') || c == 0x7f; });
}

/// IMAP4rev2 has no LSUB any more.
std::string_view list_command(const party& p, listed what) {
    if (what == listed::mailboxes)
        return "LIST";
    return p.over.can.has("IMAP4rev2") && !p.over.can.has("IMAP4rev1") ? "LIST (SUBSCRIBED)" : "LSUB";
}

} // namespace

script<std::optional<std::vector<std::string>>> list_names(party& p, std::string_view beginning, listed what) {
    std::optional<std::vector<std::string>> none;
    const auto words = std::string(list_command(p, what)) + " \"\" " + astring(std::string(beginning) + '*');
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
    const auto words = (what == listed::mailboxes ? "DELETE " : "UNSUBSCRIBE ") + astring(name);
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
