#include "harness/run/watch.hpp"

#include "harness/scenario/commands.hpp"

#include <algorithm>

namespace mailspec::run {
namespace {

using wire::protocol;

/// The sessions that act in an effect, its own among them.
std::set<std::size_t> sessions_of(const scenario::step& at, const scenario::effect& e) {
    std::set<std::size_t> out{at.session};
    scenario::for_each_command(e.body, [&](const scenario::step& step, const auto&) { out.insert(step.session); });
    return out;
}

bool has_scratch(const play& of, const std::string& role) {
    return std::any_of(of.scratches.begin(), of.scratches.end(), [&](const scratch& s) { return s.role == role; });
}

/// What comes to another account meanwhile is nobody's fault.
bool is_disposable(const play& of, const std::string& role) {
    const auto* who = of.against.plays(role);
    return who && who->inbox == disposal::disposable;
}

void add_session(const play& of, party& p, watch& into) {
    const auto& role = p.over.role;
    switch (p.over.door.protocol) {
    case protocol::imap:
        into.mailboxes = of.scratches;
        if (p.mailbox.empty() && !has_scratch(of, role) && is_disposable(of, role))
            into.inboxes.insert(role);
        break;
    case protocol::pop3: into.maildrops.push_back(&p); break;
    case protocol::smtp:
    case protocol::submission:
    case protocol::lmtp:
        into.mailer = into.mailer ? into.mailer : &p;
        for (const auto& each : of.needs.exclusive)
            if (is_disposable(of, each))
                into.receivers.insert(each);
        break;
    case protocol::managesieve: break;
    }
}

/// The mailbox of the session that the effect is on.
std::string home_of(const play& of, const party& p) {
    if (p.over.door.protocol == protocol::pop3)
        return "maildrop";
    if (p.over.door.protocol != protocol::imap)
        return "INBOX";
    if (!p.mailbox.empty())
        return p.mailbox;
    for (const auto& each : of.scratches)
        if (each.role == p.over.role)
            return each.name;
    return "INBOX";
}

} // namespace

watch what_to_watch(play& of, const scenario::step& at, const scenario::effect& e) {
    watch out;
    for (const auto session : sessions_of(at, e))
        add_session(of, *of.parties[session], out);
    for (const auto& c : e.changes)
        if (!c.role.empty())
            out.receivers.insert(c.role);
    out.inboxes.insert(out.receivers.begin(), out.receivers.end());
    const auto& own = *of.parties[at.session];
    out.role = own.over.role;
    out.home = home_of(of, own);
    return out;
}

} // namespace mailspec::run
