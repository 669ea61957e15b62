#include "harness/run/cleanup.hpp"

#include "harness/run/abandoned.hpp"
#include "harness/run/imap_dialogue.hpp"
#include "harness/run/opening.hpp"

#include <algorithm>

namespace mailspec::run {
namespace {

using wire::protocol;

using success = dialogue::success;

bool can_clean(const party& p, const std::string& role) {
    return p.over.open && p.over.logged_in && !p.over.exchange_open && p.over.role == role &&
           p.over.door.protocol == protocol::imap;
}

/// Leaves the selected mailbox, so that deleting it disturbs nothing.
script<> leave_mailbox(party& p) {
    co_await p.talk->command(p.over.can.has("UNSELECT") ? "UNSELECT" : "CLOSE");
    p.mailbox.clear();
}

/// Also with wildcards: LIST takes them bare.
bool is_list_atom(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return c > ' ' && c < 0x7f && std::string_view("(){\"\\").find(c) == std::string_view::npos;
    });
}

std::string astring(const std::string& name) {
    if (is_list_atom(name))
        return name;
    std::string out = "\"";
    for (const char c : name) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + '"';
}

script<std::vector<std::string>> list_ours(party& p, const scratch& s) {
    std::vector<std::string> names;
    const auto words = "LIST \"\" " + astring(s.name + '*');
    const auto listed = co_await p.talk->command(words);
    if (listed != success::yes)
        co_return names;
    for (const auto& r : static_cast<imap_dialogue&>(*p.talk).untagged()) {
        const auto& v = r.values;
        const auto* attributes = r.kind == wire::imap::response_kind::list ? v.child(v.root()) : nullptr;
        const auto* delimiter = attributes ? v.next(*attributes) : nullptr;
        const auto* name = delimiter ? v.next(*delimiter) : nullptr;
        if (name && v.text(*name).starts_with(s.name))
            names.push_back(v.text(*name));
    }
    std::sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
    co_return names;
}

script<> remove_scratch(play& of, party& p, const scratch& s) {
    if (p.over.selected)
        co_await leave_mailbox(p);
    const auto names = co_await list_ours(p, s);
    for (const auto& name : names) {
        const auto words = "DELETE " + astring(name);
        const auto deleted = co_await p.talk->command(words);
        if (deleted != success::yes)
            of.on.note(p.over, "the scratch mailbox " + quote(name) + " could not be removed: \"" +
                                   quote(p.talk->decisive()) + "\"");
    }
}

/// Tries with one session; gives whether it went through.
script<bool> try_removing(play& of, party& p, const scratch& s) {
    try {
        co_await remove_scratch(of, p, s);
        co_return true;
    } catch (const abandoned&) {
        p.over.open = false;
    }
    co_return false;
}

script<> remove_afresh(play& of, const scratch& s) {
    std::string why;
    try {
        auto& helper = *co_await open_helper(of, protocol::imap, s.role, "cleaner");
        co_await remove_scratch(of, helper, s);
    } catch (const abandoned& a) {
        why = a.reason;
    }
    if (!why.empty())
        of.on.note(of.parties.front()->over, "the scratch mailbox " + s.name + " was left behind: " + why);
}

} // namespace

script<> clean_up(play& of) {
    for (std::size_t i = 0; i < of.parties.size(); ++i) {
        auto& p = *of.parties[i];
        const bool needed = std::any_of(of.scratches.begin(), of.scratches.end(),
                                        [&](const scratch& s) { return can_clean(p, s.role); });
        if (!needed)
            co_await say_goodbye(of, p);
    }
    for (const auto& s : of.scratches) {
        const auto able = std::find_if(of.parties.begin(), of.parties.end(),
                                       [&](const auto& each) { return can_clean(*each, s.role); });
        bool removed = false;
        if (able != of.parties.end())
            removed = co_await try_removing(of, **able, s);
        if (!removed)
            co_await remove_afresh(of, s);
    }
    for (std::size_t i = 0; i < of.parties.size(); ++i)
        co_await say_goodbye(of, *of.parties[i]);
}

} // namespace mailspec::run
