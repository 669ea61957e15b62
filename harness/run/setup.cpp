#include "harness/run/setup.hpp"

#include "harness/run/abandoned.hpp"
#include "harness/run/imap_dialogue.hpp"
#include "harness/run/login.hpp"
#include "harness/run/opening.hpp"
#include "harness/run/scratch_name.hpp"
#include "harness/run/snapshot.hpp"
#include "harness/run/words.hpp"
#include "harness/wire/imap/views.hpp"

#include <algorithm>

namespace mailspec::run {
namespace {

using scenario::session_state;
using wire::protocol;

using success = dialogue::success;

[[noreturn]] void refused(const party& p, std::string_view what) {
    throw abandoned{verdict::outcome::inconclusive,
                    p.over.show() + " refused " + std::string(what) + ": \"" + quote(p.talk->decisive()) + "\""};
}

std::string address_of(const account& who, const target& t) {
    if (!who.address.empty())
        return who.address;
    if (who.user.find('@') != std::string::npos)
        return who.user;
    return who.user + '@' + (t.endpoints.empty() ? std::string("localhost") : t.endpoints.front().host);
}

void bind_role(play& of, const std::string& role) {
    const auto* who = of.against.plays(role);
    if (!who)
        return;
    const auto address = address_of(*who, of.against);
    of.bound.set(role + ".user", who->user);
    of.bound.set(role + ".password", who->password);
    of.bound.set(role + ".address", address);
    of.bound.set(role + ".path", '<' + address + '>');
    of.bound.set(role + ".domain", address.substr(address.rfind('@') + 1));
}

void bind_messages(play& of, const scenario::session& session, std::size_t index) {
    for (std::size_t i = 0; i < session.messages.size(); ++i) {
        const auto& octets = session.messages[i].octets;
        const auto name = "message." + std::to_string(i + 1);
        const auto size = std::to_string(octets.size());
        of.bound.set(session.name + '.' + name, octets);
        of.bound.set(session.name + '.' + name + ".size", size);
        if (index == 0) {
            of.bound.set(name, octets);
            of.bound.set(name + ".size", size);
        }
    }
}

/// The mailbox that an earlier selected session of the same account shares with those that have no messages.
std::string shared_mailbox(const play& of, const party& p) {
    for (const auto& each : of.parties)
        if (each.get() != &p && each->plays && each->over.role == p.over.role && !each->mailbox.empty())
            return each->mailbox;
    return {};
}

/// Reserves the name of a scratch mailbox; the cleaning up removes whatever begins with it.
script<std::string> reserve_mailbox(play& of, party& p) {
    for (const auto& each : of.scratches)
        if (each.role == p.over.role)
            co_return each.name;
    const auto where = co_await find_hierarchy(of, p);
    const auto name = where.prefix + std::string(scratch_stem) + of.how.token;
    if (of.needs.names_mailbox || p.plays->state == session_state::selected)
        of.scratches.push_back({p.over.role, name, false});
    if (!of.bound.find("mailbox")) {
        of.bound.set("mailbox", name);
        of.bound.set("delimiter", where.delimiter);
        of.bound.set("namespace", where.prefix);
    }
    co_return name;
}

/// That APPEND sets the flags is no more than a SHOULD (RFC 3501 section 6.3.11): nothing can be judged without them.
script<> check_flags(party& p, const std::vector<scenario::message>& messages) {
    for (std::size_t i = 0; i < messages.size(); ++i) {
        if (messages[i].flags.empty())
            continue;
        const auto words = "FETCH " + std::to_string(i + 1) + " FLAGS";
        const auto fetched = co_await p.talk->command(words);
        if (fetched != success::yes)
            refused(p, words);
        const auto wanted = flag_set(messages[i].flags);
        bool set = false;
        for (const auto& r : static_cast<imap_dialogue&>(*p.talk).untagged()) {
            const auto has = flag_set(r);
            set = set || (r.number == i + 1 && std::includes(has.begin(), has.end(), wanted.begin(), wanted.end()));
        }
        if (!set)
            throw abandoned{verdict::outcome::inconclusive, p.over.show() + " took message " + std::to_string(i + 1) +
                                                                " but did not set " + messages[i].flags};
    }
}

/// Nobody else has the name, so that this very CREATE has made it: Dovecot 2.3 says so where another session's refresh
/// of the list of mailboxes finds the new Maildir half made and completes it.
bool is_there_already(const party& p) {
    const auto said = p.talk->decisive();
    return upper(said.substr(std::min(said.find(' '), said.size()))).starts_with(" NO [ALREADYEXISTS]");
}

script<> select_mailbox(play& of, party& p) {
    const auto& session = *p.plays;
    const auto reserved = co_await reserve_mailbox(of, p);
    const auto shared = shared_mailbox(of, p);
    auto name = shared;
    if (shared.empty() || !session.messages.empty()) {
        name = shared.empty() ? reserved : reserved + '-' + session.name;
        const auto words = "CREATE " + name;
        const auto created = co_await p.talk->command(words);
        if (created != success::yes && !is_there_already(p))
            refused(p, "CREATE of the scratch mailbox");
        for (const auto& each : session.messages)
            co_await append_message(p, name, each);
    }
    const auto words = "SELECT " + name;
    const auto selected = co_await p.talk->command(words);
    if (selected != success::yes)
        refused(p, "SELECT of the scratch mailbox");
    co_await check_flags(p, session.messages);
    p.mailbox = name;
    of.bound.set(session.name + ".mailbox", name);
}

script<> set_up_imap(play& of, party& p) {
    co_await log_in(of, p);
    co_await check_needs(of, p);
    if (p.plays->state == session_state::selected)
        co_await select_mailbox(of, p);
    else
        co_await reserve_mailbox(of, p);
}

script<> set_up_session(play& of, party& p) {
    const auto& session = *p.plays;
    if (session.protocol == protocol::pop3 && session.state == session_state::transaction)
        co_await fill_maildrop(of, session.account, session.messages);
    const bool connects_only = session.state == session_state::connected;
    co_await open_connection(of, p, connects_only ? starttls_time::before_first_command : starttls_time::at_once);
    if (connects_only) {
        co_await check_needs(of, p);
        co_return;
    }
    if (session.protocol == protocol::imap) {
        co_await set_up_imap(of, p);
        co_return;
    }
    if (speaks_smtp(session.protocol))
        co_await say_hello(p);
    auto& server = of.known.of(p.over.door);
    if (p.over.can.known() && !server.before_login.known())
        server.before_login = p.over.can;
    if (session.state != session_state::greeted)
        co_await log_in(of, p);
    co_await check_needs(of, p);
}

} // namespace

script<> set_up(play& of) {
    of.bound.set("token", of.how.token);
    for (const auto& role : of.needs.roles)
        bind_role(of, role);
    for (const auto& session : of.what.sessions) {
        std::string why;
        const auto door = choose_door(session, of.against, why);
        if (!door)
            throw abandoned{verdict::outcome::unsupported, why};
        of.add(*door, session.account, session.name).plays = &session;
        if (session.protocol == protocol::imap) // it may change what POP3 sessions see
            of.on.maildrops().distrust();
    }
    for (std::size_t i = 0; i < of.what.sessions.size(); ++i) {
        bind_messages(of, of.what.sessions[i], i);
        auto& p = *of.parties[i];
        co_await set_up_session(of, p);
        bind_greeting(of, p, i);
    }
}

void bind_greeting(play& of, const party& p, std::size_t index) {
    of.bound.set(p.over.name + ".greeting", p.over.greeting);
    if (index == 0)
        of.bound.set("greeting", p.over.greeting);
}

script<facts::hierarchy> find_hierarchy(play& of, party& p) {
    if (const auto* known = of.known.hierarchy_of(p.over.who->user))
        co_return *known;
    facts::hierarchy found;
    auto& talk = static_cast<imap_dialogue&>(*p.talk);
    if (p.over.can.has("NAMESPACE")) {
        co_await talk.command("NAMESPACE");
        for (const auto& r : talk.untagged()) {
            const auto& v = r.values;
            const auto* personal = r.kind == wire::imap::response_kind::namespace_ ? v.child(v.root()) : nullptr;
            const auto* first = personal ? v.child(*personal) : nullptr;
            const auto* prefix = first ? v.child(*first) : nullptr;
            const auto* delimiter = prefix ? v.next(*prefix) : nullptr;
            if (!delimiter)
                continue;
            found.prefix = v.text(*prefix);
            if (!v.is_nil(*delimiter))
                found.delimiter = v.text(*delimiter);
        }
    } else {
        co_await talk.command("LIST \"\" \"\"");
        for (const auto& r : talk.untagged()) {
            const auto root = wire::imap::list_of(r);
            if (root && !r.values.is_nil(*root->delimiter))
                found.delimiter = r.values.text(*root->delimiter);
        }
    }
    of.known.set_hierarchy(p.over.who->user, found);
    co_return found;
}

script<> append_message(party& p, std::string_view mailbox, const scenario::message& m) {
    match::outgoing out;
    exchange x;
    x.asked = "APPEND";
    p.over.asked = x.asked;
    p.talk->release();
    p.talk->begin(x, out);
    const auto begun = out.octets.size();
    out.octets.append("APPEND ").append(mailbox);
    if (!m.flags.empty())
        out.octets.append(" (").append(m.flags).append(")");
    if (!m.date.empty())
        out.octets.append(" \"").append(m.date).append("\"");
    const bool at_once = p.over.can.has("LITERAL+") || (p.over.can.has("LITERAL-") && m.octets.size() <= 4096);
    out.octets.append(" {").append(std::to_string(m.octets.size())).append(at_once ? "+}\r\n" : "}\r\n");
    if (!at_once)
        out.waits.push_back(out.octets.size());
    out.octets += m.octets;
    p.talk->end(x, begun, out);
    co_await p.talk->say(x, out);
    co_await p.talk->hear(x);
    if (p.talk->succeeded() != success::yes)
        refused(p, "APPEND of a message");
}

script<bool> announces(play& of, party& p, std::string_view capability) {
    if (p.over.can.has(capability))
        co_return true;
    if (p.over.can.known())
        co_return false;
    const bool may_ask = p.over.logged_in && !p.over.exchange_open && p.over.open;
    if (may_ask) {
        co_await learn_capabilities(p);
        co_return p.over.can.has(capability);
    }
    auto& server = of.known.of(p.over.door);
    if (!server.before_login.known()) {
        auto& helper = of.add(p.over.door, p.over.role, "probe");
        co_await open_connection(of, helper, starttls_time::at_once);
        co_await learn_capabilities(helper);
        server.before_login = helper.over.can;
        co_await say_goodbye(of, helper);
    }
    co_return server.before_login.has(capability);
}

script<> check_needs(play& of, party& p) {
    const auto name = to_string(p.over.door.protocol);
    for (const auto& need : of.what.needs) {
        const auto wish = read_wish(need);
        const bool about_this = wish.protocol.empty() ? of.parties.front().get() == &p : wish.protocol == name;
        if (!about_this)
            continue;
        const bool has = co_await announces(of, p, wish.name);
        if (has == wish.negated)
            throw abandoned{verdict::outcome::unsupported,
                            p.over.show() + (has ? " announces " : " does not announce ") + std::string(wish.name)};
    }
}

} // namespace mailspec::run
