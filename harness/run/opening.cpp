#include "harness/run/opening.hpp"

#include "harness/run/abandoned.hpp"
#include "harness/run/login.hpp"

namespace mailspec::run {
namespace {

using wire::protocol;

std::string_view tls_command(protocol p) { return p == protocol::pop3 ? "STLS" : "STARTTLS"; }

std::string_view capability_command(protocol p) { return p == protocol::pop3 ? "CAPA" : "CAPABILITY"; }

/// Is the greeting a refusal of whatever may come? Then what it answers to any command is no news.
bool turns_away(const line& over) {
    const std::string_view said = over.greeting;
    switch (over.door.protocol) {
    case protocol::imap: return is_command(said.substr(0, 6), "* BYE ");
    case protocol::pop3: return is_command(said.substr(0, 4), "-ERR");
    case protocol::smtp:
    case protocol::submission:
    case protocol::lmtp: return said.starts_with('4') || said.starts_with('5');
    case protocol::managesieve: return is_command(said.substr(0, 3), "BYE") || is_command(said.substr(0, 2), "NO");
    }
    return false;
}

/// What came in the clear behind the agreement to start TLS must not be taken for what comes inside it.
void forbid_leftovers(party& p) {
    const auto left = p.over.in.end() - p.over.framed;
    if (left == 0)
        return;
    p.over.open = false;
    throw abandoned{verdict::outcome::inconclusive, p.over.show() + " sent " + std::to_string(left) +
                                                        " octets in the clear after it had agreed to start TLS"};
}

script<> demand_tls(play& of, party& p) {
    if (speaks_smtp(p.over.door.protocol))
        co_await say_hello(p);
    else
        co_await learn_capabilities(p);
    const auto command = tls_command(p.over.door.protocol);
    if (!p.over.can.has(command)) {
        const bool by_scenario = p.plays && p.plays->tls == scenario::tls_choice::starttls;
        throw abandoned{by_scenario ? verdict::outcome::unsupported : verdict::outcome::inconclusive,
                        p.over.show() + " does not announce " + std::string(command) +
                            (by_scenario ? "" : ", which the target demands (tls=none does without)")};
    }
    const auto how = co_await start_tls(of, p);
    if (how != dialogue::success::yes)
        throw abandoned{verdict::outcome::inconclusive,
                        p.over.show() + " refused " + std::string(command) + ": \"" + quote(p.talk->decisive()) + "\""};
}

} // namespace

script<> open_connection(play& of, party& p, starttls_time when) {
    const bool again = p.over.in.end() > 0;
    p.over.in = {};
    p.over.framed = 0;
    p.over.flowed = 0;
    p.over.exchange_open = p.over.selected = p.over.logged_in = p.over.secured = p.over.handshake_due = p.greeted =
        false;
    p.over.can.forget();
    p.over.last_words.clear();
    p.mailbox.clear();
    p.talk = make_dialogue(of.on, p.over, of.how.limits);
    if (again)
        of.on.note(p.over, reconnects);
    co_await of.on.connect(p.over);
    co_await p.talk->greet();
    auto& server = of.known.of(p.over.door);
    if (server.greeting.empty())
        server.greeting = p.over.greeting;
    p.tls_due = p.over.door.tls == security::starttls;
    if (when == starttls_time::before_first_command)
        co_return;
    if (turns_away(p.over))
        throw abandoned{verdict::outcome::inconclusive,
                        p.over.show() + " turns sessions away: it greets with \"" + quote(p.over.greeting) + "\""};
    co_await settle_tls(of, p);
}

script<> settle_tls(play& of, party& p) {
    if (!p.tls_due)
        co_return;
    p.tls_due = false;
    co_await demand_tls(of, p);
}

script<dialogue::success> start_tls(play& of, party& p, std::string_view behind) {
    const auto how = co_await p.talk->command(tls_command(p.over.door.protocol), behind);
    if (how != dialogue::success::yes)
        co_return how;
    forbid_leftovers(p);
    co_await of.on.start_tls(p.over);
    p.over.can.forget();
    p.greeted = false;
    if (p.over.door.protocol == protocol::managesieve) {
        of.on.begin_answer(p.over);
        p.talk->release();
        co_await p.talk->greet();
    }
    co_return how;
}

script<> say_hello(party& p) {
    const auto lmtp = p.over.door.protocol == protocol::lmtp;
    const auto how = co_await p.talk->command(lmtp ? "LHLO [127.0.0.1]" : "EHLO [127.0.0.1]");
    if (how != dialogue::success::yes)
        throw abandoned{verdict::outcome::inconclusive, p.over.show() + " refused " + (lmtp ? "LHLO" : "EHLO") +
                                                            ": \"" + quote(p.talk->decisive()) + "\""};
    p.greeted = true;
}

script<> learn_capabilities(party& p) {
    if (p.over.can.known())
        co_return;
    if (speaks_smtp(p.over.door.protocol)) {
        co_await say_hello(p);
        co_return;
    }
    co_await p.talk->command(capability_command(p.over.door.protocol));
    if (!p.over.can.known())
        p.over.can.begin();
}

script<> say_goodbye(play& of, party& p) {
    if (!p.over.open)
        co_return;
    try {
        if (!p.over.exchange_open) {
            const bool imap_like =
                p.over.door.protocol == protocol::imap || p.over.door.protocol == protocol::managesieve;
            co_await p.talk->command(imap_like ? "LOGOUT" : "QUIT");
        }
    } catch (const abandoned&) {
        p.over.open = false; // it did not say goodbye in turn
    }
    co_await of.on.close(p.over);
}

script<party*> open_helper(play& of, protocol wanted, std::string_view role, std::string name) {
    scenario::session session;
    session.protocol = wanted;
    std::string why;
    const auto door = choose_door(session, of.against, why);
    if (!door)
        throw abandoned{verdict::outcome::unsupported, why};
    if (const auto* who = of.against.plays(role); who && wanted == protocol::imap && name != "observer")
        of.on.maildrops().forget(who->user); // it may change what POP3 sessions see
    auto& p = of.add(*door, role, std::move(name));
    co_await open_connection(of, p, starttls_time::at_once);
    co_await log_in(of, p);
    co_return &p;
}

} // namespace mailspec::run
