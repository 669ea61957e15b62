#include "harness/run/cleanup.hpp"

#include "harness/run/abandoned.hpp"
#include "harness/run/opening.hpp"
#include "harness/run/removal.hpp"

#include <algorithm>

namespace mailspec::run {
namespace {

using wire::protocol;

bool can_clean(const party& p, const std::string& role) {
    return p.over.open && p.over.logged_in && !p.over.exchange_open && p.over.role == role &&
           p.over.door.protocol == protocol::imap;
}

/// Gives whether none is left.
script<bool> remove_listed(play& of, party& p, std::string_view beginning, listed what) {
    const auto names = co_await names_to_remove(p, beginning, what);
    bool all = names || what == listed::subscriptions;
    if (!all)
        of.on.note(p.over, "the scratch mailboxes could not be listed: \"" + quote(p.talk->decisive()) + "\"");
    for (const auto& name : names.value_or(std::vector<std::string>())) {
        const auto refusal = co_await remove_name(p, name, what);
        if (refusal.empty())
            continue;
        all = false;
        of.on.note(p.over, (what == listed::mailboxes ? "the scratch mailbox " : "the subscription of ") + quote(name) +
                               " could not be removed: \"" + refusal + "\"");
    }
    co_return all;
}

script<> remove_scratch(play& of, party& p, scratch& s) {
    co_await leave_mailbox(of, p);
    const bool mailboxes = co_await remove_listed(of, p, s.name, listed::mailboxes);
    const bool subscriptions = co_await remove_listed(of, p, s.name, listed::subscriptions);
    s.removed = mailboxes && subscriptions;
}

/// Tries with one session; gives whether it went through.
script<bool> try_removing(play& of, party& p, scratch& s) {
    try {
        co_await remove_scratch(of, p, s);
        co_return true;
    } catch (const abandoned&) {
        p.over.open = false;
    }
    co_return false;
}

script<> remove_afresh(play& of, scratch& s) {
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
    for (auto& s : of.scratches) {
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
