#include "harness/run/hold_back.hpp"

#include "harness/run/abandoned.hpp"
#include "harness/run/words.hpp"

#include <algorithm>

namespace mailspec::run {
namespace {

using wire::protocol;

[[noreturn]] void refuse(const scenario::step& at, const std::string& what) {
    throw abandoned{verdict::outcome::unsupported, "line " + std::to_string(at.where.line) + " would " + what};
}

/// An account of the scenario whose mail is to be kept, with the role it plays; a null pointer for none.
std::pair<std::string, const account*> kept_account(const play& of) {
    for (const auto& role : of.needs.roles)
        if (const auto* who = of.against.plays(role); who && who->inbox != disposal::disposable)
            return {role, who};
    return {};
}

bool is_ours(const play& of, std::string_view mailbox) {
    return std::any_of(of.scratches.begin(), of.scratches.end(),
                       [&](const scratch& s) { return mailbox.starts_with(s.name); });
}

void look_at_imap(play& of, party& p, const scenario::step& at, std::string_view octets, exchange::form how) {
    const auto [role, who] = kept_account(of);
    if (!who)
        return;
    if (!p.guarded)
        p.guarded.emplace([&of](std::string_view mailbox) { return is_ours(of, mailbox); });
    if (!p.guarded->allows(octets, how))
        refuse(at, "change mailboxes of " + role + " that it did not make" + not_disposable(*who));
}

void look_at_pop3(const play& of, const scenario::step& at, std::string_view line) {
    const auto [role, who] = kept_account(of);
    if (!who)
        return;
    const auto word = upper(take_until(line, " \t"));
    const auto argument = take_until(line, " \t");
    const bool opens = word == "PASS" && std::any_of(of.against.accounts.begin(), of.against.accounts.end(),
                                                     [&](const account& a) { return a.password == argument; });
    if (opens || word == "DELE" || word == "APOP" || (word == "AUTH" && !argument.empty()))
        refuse(at, "log in to the maildrop of " + role + " or change it" + not_disposable(*who));
}

/// An address at that domain that the run's random word makes nobody's.
bool is_nobody(const play& of, std::string_view line, std::string_view domain) {
    const auto from = std::min(line.find('<'), line.size() - 1) + 1, at = line.find('@');
    if (at == line.npos || at < from || !line.substr(at + 1).starts_with(std::string(domain) + '>'))
        return false;
    const auto local = line.substr(from, at - from);
    return local.find(of.how.token) != local.npos && std::all_of(local.begin(), local.end(), [](char c) {
               return c == '-' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
           });
}

void look_at_smtp(const play& of, const scenario::step& at, std::string_view line) {
    if (upper(take_until(line, " \t")) != "RCPT")
        return;
    for (const auto& role : of.needs.roles) {
        const auto* address = of.bound.find(role + ".address");
        const auto* domain = of.bound.find(role + ".domain");
        const auto* who = of.against.plays(role);
        const bool nobody = domain && is_nobody(of, line, *domain);
        if (!address || !who || (!nobody && line.find('<' + *address + '>') == line.npos))
            continue;
        if (who->inbox != disposal::disposable)
            refuse(at, "send mail to " + role + not_disposable(*who));
        return;
    }
    refuse(at, "send mail to an address that is no account of the target");
}

} // namespace

void hold_back(play& of, party& p, const scenario::step& at, std::string_view octets, exchange::form how) {
    if (how == exchange::form::data)
        return;
    if (p.over.door.protocol == protocol::imap) {
        look_at_imap(of, p, at, octets, how);
        return;
    }
    while (!octets.empty()) {
        const auto line = take_until(octets, "\r\n");
        if (p.over.door.protocol == protocol::pop3)
            look_at_pop3(of, at, line);
        else if (speaks_smtp(p.over.door.protocol))
            look_at_smtp(of, at, line);
    }
}

} // namespace mailspec::run
