#include "harness/run/login.hpp"

#include "harness/match/digest.hpp"
#include "harness/run/abandoned.hpp"
#include "harness/run/hiding.hpp"
#include "harness/run/imap_dialogue.hpp"
#include "harness/run/opening.hpp"
#include "harness/run/secrecy.hpp"
#include "harness/run/words.hpp"
#include "harness/wire/sasl/base64.hpp"
#include "harness/wire/sasl/client.hpp"
#include "harness/wire/sasl/mechanism.hpp"

#include <algorithm>

namespace mailspec::run {
namespace {

using wire::protocol;
using wire::sasl::base64_encode;

using success = dialogue::success;

/// "alice", or "bob (robert@example.org)" where the server knows the role by another name.
std::string account_of(const party& p) {
    const auto& user = p.over.who->user;
    return user == p.over.role ? p.over.role : p.over.role + " (" + user + ")";
}

/// The server does not let that account in; thrown inside this file only.
struct not_accepted {
    std::string reason;
};

[[noreturn]] void refused(const party& p, std::string_view how) {
    throw not_accepted{std::string(how) + " was refused for " + account_of(p) + ": \"" + quote(p.talk->decisive()) +
                       "\" (" + p.over.show() + ")"};
}

script<> log_in_by_command(party& p) {
    const auto& who = *p.over.who;
    match::outgoing out;
    exchange x;
    x.asked = "LOGIN";
    p.over.asked = x.asked;
    p.talk->release();
    p.talk->begin(x, out);
    const auto begun = out.octets.size();
    out.octets += "LOGIN ";
    append_string(who.user, p.over.can, out);
    out.octets += ' ';
    append_string(who.password, p.over.can, out);
    p.talk->end(x, begun, out);
    co_await p.talk->say(x, out);
    co_await p.talk->hear(x);
    if (p.talk->succeeded() != success::yes)
        refused(p, "LOGIN");
}

script<> log_in_by_user(party& p) {
    const auto name_words = "USER " + p.over.who->user;
    const auto user = co_await p.talk->command(name_words);
    if (user != success::yes)
        refused(p, "USER");
    const auto words = "PASS " + p.over.who->password;
    const auto password = co_await p.talk->command(words);
    if (password != success::yes)
        refused(p, "PASS");
}

script<> log_in_by_apop(party& p) {
    const auto digest = match::apop_answer(p.over.who->user, p.over.who->password, p.over.greeting);
    if (!digest)
        throw abandoned{verdict::outcome::inconclusive, p.over.show() + " greets without a timestamp for APOP"};
    const hiding while_(p.talk->on());
    const auto words = "APOP " + *digest;
    const auto how = co_await p.talk->command(words);
    if (how != success::yes)
        refused(p, "APOP");
}

/// The command that begins an authentication, with its initial response where the protocol can carry one.
std::string first_line(const party& p, std::string_view mechanism, const std::optional<std::string>& initial,
                       bool& carried) {
    const auto kind = p.over.door.protocol;
    const bool can_carry = kind != protocol::imap || p.over.can.has("SASL-IR");
    std::string out = kind == protocol::imap || kind == protocol::managesieve ? "AUTHENTICATE " : "AUTH ";
    out += kind == protocol::managesieve ? quoted_string(mechanism) : std::string(mechanism);
    carried = false;
    if (!initial || !can_carry)
        return out;
    const auto encoded = initial->empty() ? std::string("=") : base64_encode(*initial);
    // RFC 2449 section 4 bounds the line, and outlook.com takes XOAUTH2 in two lines only.
    if (kind == protocol::pop3 && (out.size() + encoded.size() > 252 || mechanism == "XOAUTH2"))
        return out;
    carried = true;
    return out + ' ' + (kind == protocol::managesieve ? quoted_string(encoded) : encoded);
}

script<> log_in_by_sasl(party& p, std::string mechanism) {
    const auto& who = *p.over.who;
    auto started = wire::sasl::client::start(
        mechanism, {who.user, who.password, who.token, {}, p.over.door.host, p.over.door.port});
    if (auto* why = std::get_if<std::string>(&started))
        throw abandoned{verdict::outcome::inconclusive, "cannot log in as " + account_of(p) + ": " + *why};
    auto& client = std::get<wire::sasl::client>(started);
    bool begun = false;
    const bool sieve = p.over.door.protocol == protocol::managesieve;
    auto words = first_line(p, mechanism, client.initial_response(), begun);
    auto how = co_await p.talk->command(words);
    const hiding while_(p.talk->on());
    while (how == success::more) {
        wire::sasl::turn answer;
        if (!begun && client.initial_response())
            answer.octets = *client.initial_response();
        else
            answer = client.step_base64(p.talk->challenge());
        begun = true;
        words = answer.ok() ? base64_encode(answer.octets) : std::string("*");
        if (sieve)
            words = quoted_string(words);
        how = co_await p.talk->command(words);
        if (!answer.ok())
            throw abandoned{verdict::outcome::inconclusive,
                            mechanism + " failed for " + account_of(p) + ": " + answer.fault};
    }
    if (how != success::yes)
        refused(p, mechanism);
    // ManageSieve may send the proof with its OK.
    if (mechanism.starts_with("SCRAM-") && !client.done() && !sieve)
        throw abandoned{verdict::outcome::inconclusive, p.over.show() + " accepted the " + mechanism + " of " +
                                                            account_of(p) +
                                                            " without proof that it knows the password itself"};
}

script<> log_in_by(party& p, std::string mechanism) {
    if (mechanism == "APOP")
        co_await log_in_by_apop(p);
    else if (mechanism != "command")
        co_await log_in_by_sasl(p, mechanism);
    else if (p.over.door.protocol == protocol::imap)
        co_await log_in_by_command(p);
    else
        co_await log_in_by_user(p);
}

/// The server's own name, asked once in a run.
script<> ask_name(play& of, party& p) {
    auto& server = of.known.of(p.over.door);
    if (server.asked_name || !p.over.can.has("ID"))
        co_return;
    server.asked_name = true;
    co_await p.talk->command("ID NIL");
    for (const auto& r : static_cast<imap_dialogue&>(*p.talk).untagged()) {
        const auto& v = r.values;
        const auto* fields = r.kind == wire::imap::response_kind::id ? v.child(v.root()) : nullptr;
        for (const auto* field = fields ? v.child(*fields) : nullptr; field;) {
            const auto* value = v.next(*field);
            const bool tells = v.equals_ci(*field, "name") || v.equals_ci(*field, "version");
            if (value && tells && !v.is_nil(*value))
                server.name += (server.name.empty() ? "" : " ") + v.text(*value);
            field = value ? v.next(*value) : nullptr;
        }
    }
}

script<> after_login(play& of, party& p) {
    for (const auto& extra : of.against.after_login)
        if (extra.protocol == p.over.door.protocol)
            co_await p.talk->command(extra.line);
    if (p.over.door.protocol == protocol::imap && !p.over.can.known())
        co_await learn_capabilities(p);
    if (p.over.door.protocol == protocol::imap)
        co_await ask_name(of, p);
}

/// Plain mechanisms first, for speed; strong ones first where others can listen.
std::string best_of(const std::vector<std::string>& announced, const line& over) {
    static constexpr std::string_view quick[] = {"PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256"};
    static constexpr std::string_view strong[] = {"SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN", "LOGIN"};
    const bool overheard = !over.secured && !is_loopback(over.door.host);
    for (const auto each : overheard ? std::span(strong) : std::span(quick))
        if (std::find(announced.begin(), announced.end(), each) != announced.end())
            return std::string(each);
    return {};
}

/// "An IMAP client MUST NOT issue the LOGIN command if the server advertises the LOGINDISABLED capability" (RFC 3501
/// section 7.2.1): it would say the password for nothing. Who wants it by all means gets it.
void forbid_disabled_login(const party& p, std::string_view mechanism, std::string_view wish) {
    if (p.over.door.protocol != protocol::imap || mechanism != "command" || wish == "command" ||
        !p.over.can.has("LOGINDISABLED"))
        return;
    throw abandoned{verdict::outcome::inconclusive,
                    p.over.show() + " announces LOGINDISABLED and no mechanism that mailspec knows" +
                        (p.over.secured ? "" : "; perhaps it wants TLS first (tls=starttls)")};
}

} // namespace

void append_string(std::string_view value, const capabilities& can, match::outgoing& into) {
    const bool plain = std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c < 0x7f; });
    if (plain) {
        into.octets += quoted_string(value);
        return;
    }
    const bool at_once = can.has("LITERAL+") || can.has("LITERAL-");
    into.octets += '{' + std::to_string(value.size()) + (at_once ? "+}\r\n" : "}\r\n");
    if (!at_once)
        into.waits.push_back(into.octets.size());
    into.octets += value;
}

std::string choose_mechanism(const line& over, const std::string& wish) {
    const auto kind = over.door.protocol;
    const bool has_command = kind == protocol::imap || kind == protocol::pop3;
    if (!wish.empty() && (has_command || (wish != "command" && wish != "APOP")))
        return wish;
    const auto announced = over.can.under(kind == protocol::pop3 || kind == protocol::managesieve ? "SASL" : "AUTH");
    const auto announces = [&](std::string_view m) {
        return std::find(announced.begin(), announced.end(), m) != announced.end();
    };
    if (over.who && over.who->password.empty() && !over.who->token.empty())
        return announces("XOAUTH2") && !announces("OAUTHBEARER") ? "XOAUTH2" : "OAUTHBEARER";
    const bool overheard = !over.secured && !is_loopback(over.door.host);
    if (kind == protocol::pop3 && overheard && over.greeting.find('<') != std::string::npos)
        return "APOP";
    if (has_command && !over.can.has("LOGINDISABLED") && (!overheard || announced.empty()))
        return "command";
    auto best = best_of(announced, over);
    return !best.empty() ? best : has_command ? "command" : "PLAIN";
}

script<> log_in(play& of, party& p) {
    if (p.over.logged_in)
        co_return;
    if (!p.over.who)
        throw abandoned{verdict::outcome::unsupported, "the target has no account for " + p.over.role};
    if (p.over.who->password.empty() && p.over.who->token.empty())
        throw abandoned{verdict::outcome::inconclusive, "no password was given for " + account_of(p)};
    const bool chooses_token = p.over.who->password.empty() && of.against.login_with.empty();
    if (p.over.door.protocol != protocol::pop3 || chooses_token)
        co_await learn_capabilities(p);
    auto& server = of.known.of(p.over.door);
    if (!server.before_login.known())
        server.before_login = p.over.can;
    const auto mechanism = choose_mechanism(p.over, of.against.login_with);
    forbid_disabled_login(p, mechanism, of.against.login_with);
    const auto announced = p.over.can.times_announced();
    try {
        co_await log_in_by(p, mechanism);
    } catch (const not_accepted& why) {
        throw abandoned{verdict::outcome::inconclusive, why.reason + explain_login(of.against.notes)};
    } catch (const abandoned& why) {
        if (p.over.last_words.empty())
            throw;
        throw abandoned{why.result, why.reason + explain_login(of.against.notes)};
    }
    p.over.logged_in = true;
    if (p.over.door.protocol == protocol::imap)
        static_cast<imap_dialogue&>(*p.talk).logged_in_as(p.over.who->user);
    if (p.over.door.protocol == protocol::imap && p.over.can.times_announced() == announced)
        p.over.can.forget();
    co_await after_login(of, p);
    if (!server.after_login.known())
        server.after_login = p.over.can;
}

} // namespace mailspec::run
