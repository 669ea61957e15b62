#include "harness/run/demands.hpp"

#include "harness/run/line.hpp"

#include <algorithm>
#include <functional>
#include <string_view>

namespace mailspec::run {
namespace {

using seeing = std::function<void(const scenario::step&, const scenario::command&)>;

void for_each_command(const scenario::block& steps, const seeing& see) {
    for (const auto& step : steps) {
        if (auto* c = std::get_if<scenario::command>(&step.what))
            see(step, *c);
        else if (auto* p = std::get_if<scenario::pipeline>(&step.what))
            for_each_command(p->commands, see);
        else if (auto* poll = std::get_if<scenario::poll>(&step.what))
            for_each_command(poll->body, see);
        else if (auto* condition = std::get_if<scenario::condition>(&step.what))
            for_each_command(condition->then, see);
        else if (auto* repeat = std::get_if<scenario::repeat>(&step.what))
            for_each_command(repeat->body, see);
        else if (auto* effect = std::get_if<scenario::effect>(&step.what))
            for_each_command(effect->body, see);
    }
}

std::string upper(std::string_view s) {
    std::string out(s);
    for (auto& c : out)
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
    return out;
}

bool is_role(std::string_view name) { return name == "alice" || name == "bob" || name == "carol"; }

/// Commands that change the mailbox they name, or may once it is selected.
bool changes_inbox(const std::string& text) {
    if (text.find("INBOX") == std::string::npos)
        return false;
    for (const std::string_view word : {"SELECT ", "APPEND ", "COPY ", "MOVE ", "RENAME ", "DELETE "})
        if (text.find(word) != std::string::npos)
            return true;
    return false;
}

class reader {
public:
    explicit reader(const scenario::scenario& of) : of_(of) {}

    demands read() {
        for (const auto& session : of_.sessions) {
            out_.roles.insert(session.account);
            if (session.protocol == wire::protocol::pop3 && session.state == scenario::session_state::transaction) {
                out_.touched.insert(session.account);
                out_.exclusive.insert(session.account);
            }
        }
        for_each_command(of_.steps, [this](const auto& step, const auto& command) { see(step, command); });
        return std::move(out_);
    }

private:
    void see(const scenario::step& step, const scenario::command& command) {
        const auto& session = of_.sessions[step.session];
        const auto text = upper(command.text.source());
        const bool delivers = wire::speaks_smtp(session.protocol) && text.starts_with("RCPT");
        for (const auto& [name, at] : command.text.names()) {
            if (name == "mailbox" || name.ends_with(".mailbox"))
                out_.names_mailbox = true;
            const auto role = name.substr(0, name.find('.'));
            if (!is_role(role))
                continue;
            out_.roles.insert(role);
            if (delivers)
                out_.touched.insert(role);
            if (delivers || session.protocol == wire::protocol::pop3)
                out_.exclusive.insert(role);
        }
        if (session.protocol == wire::protocol::imap && changes_inbox(text)) {
            out_.touched.insert(session.account);
            out_.exclusive.insert(session.account);
        }
    }

    const scenario::scenario& of_;
    demands out_;
};

std::string_view display_tls(scenario::tls_choice t) {
    switch (t) {
    case scenario::tls_choice::none: return "without TLS";
    case scenario::tls_choice::starttls: return "for STARTTLS";
    case scenario::tls_choice::implicit: return "with implicit TLS";
    case scenario::tls_choice::as_target: break;
    }
    return "";
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

std::optional<std::string> why_unsupported(const scenario::scenario& of, const demands& needs, const target& against) {
    std::string why;
    for (const auto& session : of.sessions)
        if (!choose_door(session, against, why))
            return why;
    for (const auto& role : needs.roles) {
        const bool by_session =
            std::any_of(of.sessions.begin(), of.sessions.end(), [&](const auto& s) { return s.account == role; });
        const bool only_connects = std::all_of(of.sessions.begin(), of.sessions.end(), [&](const auto& s) {
            return s.account != role || s.state == scenario::session_state::connected ||
                   s.state == scenario::session_state::greeted;
        });
        if (!against.plays(role) && !(by_session && only_connects && role == "alice"))
            return "the target has no account for " + role;
    }
    for (const auto& role : needs.touched) {
        const auto* who = against.plays(role);
        if (who && who->inbox != disposal::disposable)
            return "it changes the INBOX of " + role + ", and the account " + who->user +
                   " is not marked disposable=\"yes\"";
    }
    return std::nullopt;
}

} // namespace mailspec::run
