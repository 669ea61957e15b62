#include "harness/run/difference.hpp"

#include "harness/rfc/catalogue.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace mailspec::run {
namespace {

using kind = declared::kind;
using place = snapshot::place;
using name_of = std::pair<std::string, std::string>; ///< role and mailbox

const declared* find(const comparison& c, const name_of& name, std::initializer_list<kind> kinds) {
    for (const auto& each : c.changes)
        if (each.role == name.first && each.mailbox == name.second &&
            std::find(kinds.begin(), kinds.end(), each.what) != kinds.end())
            return &each;
    return nullptr;
}

const declared* find_renamed_to(const comparison& c, const name_of& name) {
    for (const auto& each : c.changes)
        if (each.what == kind::mailbox_renamed && each.role == name.first && each.to == name.second)
            return &each;
    return nullptr;
}

/// Names above a mailbox that is made: "the server SHOULD create any superior hierarchical names" (RFC 3501 6.3.3).
bool is_above_new(const comparison& c, const place& p) {
    return std::any_of(c.changes.begin(), c.changes.end(), [&](const declared& d) {
        const auto& made = d.what == kind::mailbox_renamed ? d.to : d.mailbox;
        return (d.what == kind::mailbox_created || d.what == kind::mailbox_renamed) && d.role == p.role &&
               !p.delimiter.empty() && made.starts_with(p.name + p.delimiter);
    });
}

bool is_mailbox(const place& p) { return p.what == place::kind::mailbox; }

undeclared row_of(const comparison& c, const place& p, std::string before, std::string after, const declared* d,
                  const std::string& otherwise) {
    undeclared u;
    u.row = {"mailbox " + show_place(c, p), std::move(before), std::move(after), d ? d->words : otherwise, {}};
    u.line = d ? d->line : 0;
    u.proves = d ? d->proves : nullptr;
    return u;
}

/// What should be there afterwards, and by which <change>.
std::map<name_of, const declared*> wanted_names(const comparison& c) {
    std::map<name_of, const declared*> out;
    for (const auto& p : c.before.places) {
        if (!is_mailbox(p) || !p.exists || find(c, {p.role, p.name}, {kind::mailbox_deleted}))
            continue;
        const auto name = renamed(c, p);
        out[{p.role, name}] = name == p.name ? nullptr : find_renamed_to(c, {p.role, name});
    }
    for (const auto& d : c.changes)
        if (d.what == kind::mailbox_created)
            out[{d.role, d.mailbox}] = &d;
    return out;
}

void compare_existence(const comparison& c, std::vector<undeclared>& out) {
    const auto wanted = wanted_names(c);
    for (const auto& [name, by] : wanted) {
        const auto* was = c.before.find(name.first, name.second);
        const auto* is = c.after.find(name.first, name.second);
        const bool there_before = was && was->exists, there_after = is && is->exists;
        const bool idle = by && there_before && !find(c, name, {kind::mailbox_deleted});
        if (there_after && !idle)
            continue;
        place p;
        p.role = name.first;
        p.name = name.second;
        out.push_back(
            row_of(c, p, there_before ? "there" : "not there", there_after ? "there" : "not there", by, "stays there"));
    }
    for (const auto& p : c.after.places) {
        const name_of name{p.role, p.name};
        if (!is_mailbox(p) || !p.exists || wanted.contains(name) || is_above_new(c, p))
            continue;
        const auto* was = c.before.find(p.role, p.name);
        const auto* gone = find(c, name, {kind::mailbox_deleted, kind::mailbox_renamed});
        out.push_back(row_of(c, p, was && was->exists ? "there" : "not there", "there", gone, "stays away"));
    }
}

const char* show_subscribed(bool s) { return s ? "subscribed" : "not subscribed"; }

/// A name that was made or renamed may be subscribed at once: RFC 9051 section 6.3.6 speaks of servers that do so.
void compare_subscription(const comparison& c, const name_of& name, std::vector<undeclared>& out) {
    if (c.before.subscriptions_refused.contains(name.first) || c.after.subscriptions_refused.contains(name.first))
        return;
    const auto* was = c.before.find(name.first, name.second);
    const auto* is = c.after.find(name.first, name.second);
    const bool before = was && was->subscribed, after = is && is->subscribed;
    const auto* by = find(c, name, {kind::mailbox_subscribed, kind::mailbox_unsubscribed});
    const bool wanted = by ? by->what == kind::mailbox_subscribed : before;
    if (after == wanted)
        return;
    const bool made = find(c, name, {kind::mailbox_created}) || find_renamed_to(c, name);
    if (!by && after && made)
        return;
    place p;
    p.role = name.first;
    p.name = name.second;
    auto u = row_of(c, p, show_subscribed(before), show_subscribed(after), by,
                    std::string("stays ") + show_subscribed(before));
    if (!by && before)
        u.proves = &rfc::req::imap_subscribe_kept;
    out.push_back(std::move(u));
}

} // namespace

std::string show_place(const comparison& c, const place& p) {
    return p.role == c.at.role ? p.name : p.name + " of " + p.role;
}

std::string renamed(const comparison& c, const place& was) {
    auto name = was.name;
    for (const auto& d : c.changes) {
        if (d.what != kind::mailbox_renamed || d.role != was.role)
            continue;
        const bool below = !was.delimiter.empty() && name.starts_with(d.mailbox + was.delimiter);
        if (name == d.mailbox || below)
            name.replace(0, d.mailbox.size(), d.to);
    }
    return name;
}

void compare_names(const comparison& c, std::vector<undeclared>& out) {
    compare_existence(c, out);
    std::set<name_of> all;
    for (const auto* each : {&c.before, &c.after})
        for (const auto& p : each->places)
            if (is_mailbox(p))
                all.insert({p.role, p.name});
    for (const auto& d : c.changes)
        if (d.what == kind::mailbox_subscribed)
            all.insert({d.role, d.mailbox});
    for (const auto& name : all)
        compare_subscription(c, name, out);
}

std::vector<undeclared> compare(const comparison& c) {
    std::vector<undeclared> out;
    compare_names(c, out);
    for (const auto& was : c.before.places) {
        if (!was.exists || find(c, {was.role, was.name}, {kind::mailbox_deleted, kind::mailbox_created}))
            continue;
        const auto* is = c.after.find(was.role, renamed(c, was));
        if (is && is->exists)
            compare_messages(c, was, *is, out);
    }
    for (const auto& d : c.changes) {
        const auto* is = d.what == kind::mailbox_created ? c.after.find(d.role, d.mailbox) : nullptr;
        place nothing;
        nothing.role = d.role;
        nothing.name = d.mailbox;
        if (is && is->exists)
            compare_messages(c, nothing, *is, out);
    }
    return out;
}

} // namespace mailspec::run
