#include "harness/match/ascii.hpp"
#include "harness/match/functions.hpp"
#include "harness/match/near_name.hpp"
#include "harness/scenario/loader.hpp"
#include "harness/wire/ascii.hpp"

#include <algorithm>
#include <array>

namespace mailspec::scenario {

namespace {

/// Takes what one_of() gave.
tls_choice tls_named(std::string_view said) {
    return said == "none"       ? tls_choice::none
           : said == "starttls" ? tls_choice::starttls
           : said == "implicit" ? tls_choice::implicit
                                : tls_choice::as_target;
}

bool is_plain_name(std::string_view s) {
    return !s.empty() && match::is_letter(s.front()) && std::all_of(s.begin(), s.end(), [](char c) {
        return match::is_letter(c) || match::is_digit(c) || c == '_';
    });
}

} // namespace

void loader::add_session(const element& e) {
    e.only({"name", "account", "state", "tls"});
    session s;
    s.protocol = *wire::protocol_of(e.name());
    s.name = e.get("name", e.name());
    s.where = e.where();
    const bool reserved = match::is_role(s.name) || s.name == "message";
    if (!is_plain_name(s.name))
        e.refuse_value("name", "a session's name is made of letters, digits and _, and begins with a letter");
    if (reserved)
        e.refuse_value("name", s.name + " is a name of the harness; a session cannot have it");
    for (const session& other : out_.sessions)
        if (other.name == s.name)
            e.refuse(e.has("name") ? e.value_at("name") : e.at(),
                     "a session named " + s.name + " was declared in line " + std::to_string(other.where.line) +
                         "; give this one a name");
    s.account = one_of(e, "account", "alice", {"alice", "bob", "carol"});
    s.state = state_of(e, s.protocol);
    s.tls = tls_named(one_of(e, "tls", "", {"none", "starttls", "implicit"}));
    for (const element& child : e.children()) {
        constexpr std::array<std::string_view, 1> allowed = {"message"};
        if (child.name() != "message")
            refuse_misplaced(child, e.name(), allowed);
        s.messages.push_back(read_message(child));
    }
    give_names_of(s);
    out_.sessions.push_back(std::move(s));
}

/// The names that the session brings: those of its messages also alone, where it is the first.
void loader::give_names_of(const session& s) {
    const bool first = out_.sessions.empty();
    names_.give(s.name + ".greeting");
    if (s.protocol == wire::protocol::imap && s.state != session_state::connected)
        names_.give_hierarchy();
    if (s.state == session_state::selected)
        names_.give(s.name + ".mailbox");
    for (std::size_t i = 1; i <= s.messages.size(); ++i) {
        const std::string name = "message." + std::to_string(i);
        for (const std::string_view suffix : {"", ".size"}) {
            names_.give(s.name + "." + name + std::string(suffix));
            if (first)
                names_.give(name + std::string(suffix));
        }
    }
}

session_state loader::state_of(const element& e, wire::protocol p) {
    std::string_view said;
    switch (p) {
    case wire::protocol::imap: {
        const bool has_messages = !e.children().empty();
        said =
            one_of(e, "state", has_messages ? "selected" : "authenticated", {"connected", "authenticated", "selected"});
        break;
    }
    case wire::protocol::pop3: said = one_of(e, "state", "transaction", {"connected", "transaction"}); break;
    case wire::protocol::managesieve: said = one_of(e, "state", "authenticated", {"connected", "authenticated"}); break;
    default: said = one_of(e, "state", "greeted", {"connected", "greeted", "authenticated"}); break;
    }
    return said == "connected"       ? session_state::connected
           : said == "greeted"       ? session_state::greeted
           : said == "authenticated" ? session_state::authenticated
           : said == "transaction"   ? session_state::transaction
                                     : session_state::selected;
}

std::string loader::file_octets(const element& e) {
    const std::string path(e.get("file", ""));
    const bool outside = path.empty() || path.front() == '/' || path.find("..") != std::string::npos;
    auto octets = outside ? std::nullopt : messages_(path);
    if (!octets)
        e.refuse_value("file", "the message file \"" + path +
                                   "\" cannot be read; it is looked for below the folder of scenarios");
    return *std::move(octets);
}

std::string loader::message_octets(const element& e) {
    if (e.has("file")) {
        const located_text inside = e.text();
        if (!trimmed(inside.decoded).empty())
            e.refuse_text(inside, inside.decoded.find_first_not_of(" \t\r\n"), "a <message> has either a file or text");
        return file_octets(e);
    }
    std::string text = e.text().decoded;
    if (trimmed(text).empty())
        e.refuse("a <message> needs a file or text");
    if (one_of(e, "octets", "", {"exact"}) == "exact")
        return text;
    if (text.starts_with('\n'))
        text.erase(0, 1);
    return text.ends_with('\n') ? text : text + "\n";
}

message loader::read_message(const element& e) {
    e.only({"file", "flags", "date", "octets"});
    message m;
    m.where = e.where();
    m.octets = message_octets(e);
    if (one_of(e, "octets", "", {"exact"}).empty())
        m.octets = wire::with_crlf(m.octets);
    m.flags = e.get("flags", "");
    for (const auto& [flag, at] : words_of(m.flags))
        if (!match::octets_are(match::kind::flag, flag) || flag == "\\*")
            e.refuse_value("flags", "\"" + flag + "\" is not a flag", at);
    m.date = e.get("date", "");
    if (e.has("date") && !match::octets_are(match::kind::date_time, m.date))
        e.refuse_value("date", "a date is written as in 17-Jul-1996 02:44:25 -0700");
    return m;
}

} // namespace mailspec::scenario
