#include "harness/run/hold_back.hpp"

#include "harness/run/abandoned.hpp"
#include "harness/run/nobody.hpp"
#include "harness/run/secrecy.hpp"
#include "harness/run/words.hpp"

#include <algorithm>

namespace mailspec::run {
namespace {

using wire::protocol;

[[noreturn]] void refuse(const scenario::step& at, const std::string& what) {
    throw abandoned{verdict::outcome::unsupported, "line " + std::to_string(at.where.line) + " would " + what};
}

bool is_ours(const play& of, std::string_view mailbox) {
    return std::any_of(of.scratches.begin(), of.scratches.end(),
                       [&](const scratch& s) { return mailbox.starts_with(s.name); });
}

void look_at_imap(play& of, party& p, const scenario::step& at, std::string_view octets, exchange::form how) {
    if (!of.kept)
        return;
    if (!p.guarded)
        p.guarded = std::make_unique<guard>([&of](std::string_view mailbox) { return is_ours(of, mailbox); });
    if (!p.guarded->allows(octets, how))
        refuse(at, "change mailboxes of " + *of.kept.role + " that it did not make" + not_disposable(*of.kept.who));
}

std::string_view trimmed(std::string_view s) {
    constexpr std::string_view blanks = " \t";
    s.remove_prefix(std::min(s.find_first_not_of(blanks), s.size()));
    return s.substr(0, s.find_last_not_of(blanks) + 1);
}

/// A password may have blanks in it: a server takes the rest of the line, or its first word (RFC 1939 section 7).
void look_at_pop3(const play& of, const scenario::step& at, std::string_view line) {
    if (!of.kept)
        return;
    const auto word = upper(take_until(line, " \t"));
    const auto rest = line;
    const auto argument = take_until(line, " \t");
    const auto opens = [&](const account& a) {
        return !a.password.empty() && (argument == a.password || trimmed(rest) == trimmed(a.password));
    };
    const auto& accounts = of.against.accounts;
    if ((word == "PASS" && std::any_of(accounts.begin(), accounts.end(), opens)) || word == "DELE" || word == "APOP" ||
        (word == "AUTH" && !argument.empty()))
        refuse(at, "log in to the maildrop of " + *of.kept.role + " or change it" + not_disposable(*of.kept.who));
}

/// "RCPT TO:<a@b> SIZE=1": "<a@b>".
std::string_view path_of(std::string_view line) {
    line.remove_prefix(std::min(line.find('<'), line.size()));
    const auto end = line.find('>');
    return end == line.npos ? std::string_view() : line.substr(0, end + 1);
}

/// Where no mail is ever handed over, RCPT may name whom it likes.
void look_at_smtp(const play& of, const scenario::step& at, std::string_view line) {
    const auto word = upper(take_until(line, " \t"));
    const bool hands_over = word == "DATA" || word == "BDAT";
    if (word != "RCPT" && (of.needs.hands_over || !hands_over))
        return;
    if (word == "RCPT" && !of.needs.hands_over)
        return;
    for (const auto& role : of.needs.roles) {
        const auto* address = of.bound.find(role + ".address");
        const auto* domain = of.bound.find(role + ".domain");
        const auto* who = of.against.plays(role);
        const bool nobody = domain && is_nobody(path_of(line), of.how.token, *domain);
        const bool named = address && (line.find('<' + *address + '>') != line.npos ||
                                       (domain && line.find("<@" + *domain + ':' + *address + '>') != line.npos));
        if (!who || !(nobody || named))
            continue;
        if (who->inbox != disposal::disposable)
            refuse(at, "send mail to " + role + not_disposable(*who));
        return;
    }
    refuse(at, "send mail to an address that is no account of the target");
}

} // namespace

void hold_back(play& of, party& p, const scenario::step& at, std::string_view octets, exchange::form how) {
    keep_secret(of, p, at);
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
