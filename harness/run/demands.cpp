#include "harness/run/demands.hpp"

#include "harness/match/functions.hpp"
#include "harness/run/compared.hpp"
#include "harness/run/conduct.hpp"
#include "harness/run/line.hpp"
#include "harness/run/nobody.hpp"
#include "harness/run/sketch.hpp"
#include "harness/run/words.hpp"
#include "harness/scenario/commands.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace mailspec::run {
namespace {

/// The tag of a scenario that gives wrong credentials.
constexpr std::string_view failing_login = "failing-login";

bool is_hidden(std::string_view word, std::string_view arguments) {
    return !arguments.empty() && word.find_first_of(every_mark) != std::string_view::npos;
}

/// In a sketch.
bool is_own(std::string_view argument) { return argument.starts_with(own_mailbox); }

/// Whether the word of that command, which comes without a tag, cannot be told.
bool hides_its_word(std::string_view command) {
    auto word = take_until(command, " \t");
    if (upper(word) == "UID")
        word = take_until(command, " \t");
    return is_hidden(word, command);
}

/// A POP3 command that opens a maildrop, or may; a password that is made up of something else is a wrong one.
bool opens_maildrop(std::string_view command) {
    const auto word = take_until(command, " \t");
    const auto rest = command;
    const auto argument = take_until(command, " \t");
    return (word == "APOP" || word == "AUTH" || word == "PASS") && !argument.empty() &&
           (word != "PASS" || argument.find_first_of(every_mark) == argument.npos ||
            rest.find(secret_of_role) != rest.npos);
}

/// A RCPT to somebody who plays no role.
bool names_stranger(std::string_view command) {
    const auto word = take_until(command, " \t");
    if (is_hidden(word, command))
        return true;
    if (word != "RCPT")
        return false;
    const auto to = take_until(command, ":");
    command.remove_prefix(std::min<std::size_t>(1, command.size()));
    const auto path = take_until(command, " \t");
    constexpr std::array<char, 3> address{'<', address_of_role, '>'};
    constexpr std::array<char, 6> routed{'<', '@', domain_of_role, ':', address_of_role, '>'};
    return to.find("TO") == std::string_view::npos ||
           (path != std::string_view(&path_of_role, 1) && path != std::string_view(address.data(), address.size()) &&
            path != std::string_view(routed.data(), routed.size()) &&
            !is_nobody(path, {&random_word, 1}, {&domain_of_role, 1}));
}

/// Whether what follows that command may be a mail.
bool hands_over(std::string_view command) {
    const auto word = take_until(command, " \t");
    return is_hidden(word, command) || word == "DATA" || word == "BDAT";
}

/// What the commands of one session show of it.
struct trace {
    std::set<std::string> accounts; ///< roles that it may be logged in as
    std::string raw;                ///< sketches of its <raw>s in a row: commands may be cut anywhere
    bool changes = false;
    bool opens = false;            ///< POP3: it logs in
    bool mails = false;            ///< SMTP: to somebody
    std::set<std::string> senders; ///< SMTP: who gets the bounces, and who logs in and may get a copy in Sent
    imap_conduct imap{is_own};
};

class reader {
public:
    explicit reader(const scenario::scenario& of) : of_(of), traces_(of.sessions.size()) {}

    demands read() {
        for (std::size_t n = 0; n < traces_.size(); ++n) {
            const auto& session = of_.sessions[n];
            out_.roles.insert(session.account);
            traces_[n].accounts.insert(session.account);
            traces_[n].changes =
                session.protocol == wire::protocol::pop3 && session.state == scenario::session_state::transaction;
            if (session.state == scenario::session_state::authenticated)
                traces_[n].senders.insert(session.account);
        }
        scenario::for_each_command(of_.steps, [this](const auto& step, const auto& command) { see(step, command); });
        scenario::for_each_step(of_.steps, [this](const auto& step) {
            if (const auto* effect = std::get_if<scenario::effect>(&step.what))
                see(step, *effect);
        });
        for (const auto& each : traces_) {
            if (each.mails)
                out_.touched.insert(each.senders.begin(), each.senders.end());
            if (each.opens)
                out_.opened.insert(each.accounts.begin(), each.accounts.end());
            if (each.changes || each.imap.changes_others()) {
                out_.touched.insert(each.accounts.begin(), each.accounts.end());
                out_.exclusive.insert(each.accounts.begin(), each.accounts.end());
            }
        }
        return std::move(out_);
    }

private:
    /// What is watched must stay alone: the INBOX of a session without a scratch mailbox, those that mail may come to.
    void see(const scenario::step& step, const scenario::effect& effect) {
        const auto& session = of_.sessions[step.session];
        if (session.protocol == wire::protocol::imap && session.state != scenario::session_state::selected &&
            !out_.names_mailbox)
            out_.exclusive.insert(session.account);
        if (wire::speaks_smtp(session.protocol))
            out_.exclusive.insert(mailed_.begin(), mailed_.end());
        for (const auto& change : effect.changes)
            if (!change.role.empty())
                for (auto* into : {&out_.roles, &out_.touched, &out_.exclusive})
                    into->insert(change.role);
    }

    void see(const scenario::step& step, const scenario::command& command) {
        const auto& session = of_.sessions[step.session];
        auto& seen = traces_[step.session];
        const bool smtp = wire::speaks_smtp(session.protocol);
        const auto text = sketch(command);
        const bool raw = command.form == scenario::command::form::raw;
        if (raw)
            seen.raw += text;
        const std::string_view whole = raw ? seen.raw : text;
        const bool speaks = smtp && command.form != scenario::command::form::data;
        const bool delivers = speaks && whole.find("RCPT") != whole.npos;
        seen.mails = seen.mails || delivers;
        out_.hands_over = out_.hands_over || (smtp && command.form != scenario::command::form::line);
        for (const auto& [name, at] : command.text.names()) {
            if (name == "mailbox" || name.ends_with(".mailbox"))
                out_.names_mailbox = true;
            const auto role = name.substr(0, name.find('.'));
            if (!match::is_role(role))
                continue;
            out_.roles.insert(role);
            out_.named.insert(role);
            if (name.ends_with(".password"))
                out_.passwords.insert(role);
            if (smtp)
                mailed_.insert(role);
            if (name.ends_with(".user"))
                seen.accounts.insert(role);
            if (delivers)
                out_.touched.insert(role);
            else if (speaks)
                seen.senders.insert(role);
            if (delivers || session.protocol == wire::protocol::pop3)
                out_.exclusive.insert(role);
        }
        if (command.form == scenario::command::form::data)
            return;
        judge(text, command.form, session.protocol, seen);
        if (raw)
            judge(seen.raw, command.form, session.protocol, seen);
    }

    void judge(std::string_view text, enum scenario::command::form form, wire::protocol protocol, trace& seen) {
        if (protocol == wire::protocol::pop3 && text.find("DELE") != text.npos)
            seen.changes = true;
        for (bool tagged = form == scenario::command::form::raw; !text.empty(); tagged = true) {
            auto command = take_until(text, "\r\n");
            if (wire::speaks_smtp(protocol)) {
                out_.names_stranger = out_.names_stranger || names_stranger(command);
                out_.hands_over = out_.hands_over || hands_over(command);
            }
            auto arguments = command;
            const auto word = take_until(arguments, " \t");
            if (protocol == wire::protocol::pop3 && is_hidden(word, arguments))
                seen.changes = true;
            if (protocol == wire::protocol::pop3 && opens_maildrop(command))
                seen.opens = true;
            if (protocol != wire::protocol::imap)
                continue;
            seen.imap.see(tagged ? arguments : command);
            if (hides_its_word(tagged ? arguments : command))
                seen.changes = true;
        }
    }

    const scenario::scenario& of_;
    std::vector<trace> traces_;
    std::set<std::string> mailed_; ///< roles that SMTP sessions name
    demands out_;
};

std::string_view display_tls(scenario::tls_choice t) {
    using enum scenario::tls_choice;
    return t == none ? "without TLS" : t == starttls ? "for STARTTLS" : t == implicit ? "with implicit TLS" : "";
}

/// One of these whose mail is to be kept.
kept_account find_kept(const std::set<std::string>& roles, const target& against) {
    for (const auto& role : roles)
        if (const auto* who = against.plays(role); who && who->inbox != disposal::disposable)
            return {who, &role};
    return {};
}

/// A role that the scenario needs somebody for, and nobody plays. Null: there is none.
///
/// The account of a session that only connects is "alice" where none is said: that may be nobody.
const std::string* role_without_account(const scenario::scenario& of, const demands& needs, const target& against) {
    for (const auto& role : needs.roles) {
        const bool by_session =
            std::any_of(of.sessions.begin(), of.sessions.end(), [&](const auto& s) { return s.account == role; });
        const bool only_connects = std::all_of(of.sessions.begin(), of.sessions.end(), [&](const auto& s) {
            return s.account != role || s.state == scenario::session_state::connected ||
                   s.state == scenario::session_state::greeted;
        });
        const bool is_nobody = by_session && only_connects && role == "alice" && !needs.named.contains(role);
        if (!against.plays(role) && !is_nobody)
            return &role;
    }
    return nullptr;
}

} // namespace

demands read_demands(const scenario::scenario& of) { return reader(of).read(); }

std::optional<endpoint> choose_door(const scenario::session& of, const target& against, std::string& why) {
    const endpoint* found = nullptr;
    for (const auto& door : against.endpoints) {
        if (door.protocol != of.protocol)
            continue;
        const bool implicit = door.tls == security::implicit;
        const bool wanted =
            of.tls == scenario::tls_choice::as_target || implicit == (of.tls == scenario::tls_choice::implicit);
        if (wanted && !found)
            found = &door;
    }
    if (!found) {
        why = "the target has no " + std::string(display_name(of.protocol)) + " endpoint";
        if (of.tls != scenario::tls_choice::as_target)
            why += " " + std::string(display_tls(of.tls));
        return std::nullopt;
    }
    auto door = *found;
    if (of.tls == scenario::tls_choice::none)
        door.tls = security::none;
    if (of.tls == scenario::tls_choice::starttls)
        door.tls = security::starttls;
    return door;
}

std::string not_disposable(const account& who) {
    return ", and the account " + who.user + " is not marked disposable=\"yes\"";
}

kept_account find_kept(const demands& of, const target& against) { return find_kept(of.roles, against); }

std::optional<std::string> why_unsupported(const scenario::scenario& of, const demands& needs, const target& against) {
    std::string why;
    for (const auto& session : of.sessions)
        if (!choose_door(session, against, why))
            return why;
    if (!against.has(wire::protocol::imap) && compares_maildrop(of))
        return "it compares messages octet for octet, and the target has no IMAP endpoint to put them there unchanged";
    if (const auto* role = role_without_account(of, needs, against))
        return "the target has no account for " + *role;
    for (const auto& role : needs.passwords)
        if (const auto* who = against.plays(role); who && who->password.empty())
            return "it sends the password of " + role + ", and the target has none, only a token";
    if (needs.mails_stranger())
        return "it sends mail to an address that is no account of the target";
    if (const auto kept = find_kept(needs.touched, against))
        return "it changes mailboxes of " + *kept.role + " that it did not make" + not_disposable(*kept.who);
    const bool fails = std::find(of.tags.begin(), of.tags.end(), failing_login) != of.tags.end();
    if (const auto kept = find_kept(needs.roles, against); kept && fails)
        return "it makes a login fail, and the server may lock out who does that" + not_disposable(*kept.who);
    if (const auto kept = find_kept(needs.opened, against))
        return "it logs in to the maildrop of " + *kept.role + ", which may take \\Recent from its mails" +
               not_disposable(*kept.who);
    return std::nullopt;
}

} // namespace mailspec::run
