#include "harness/observe/imap/argument_reader.hpp"
#include "harness/observe/imap/digest.hpp"
#include "harness/observe/imap/rules.hpp"
#include "harness/rfc/catalogue.hpp"
#include "harness/wire/imap/octets.hpp"
#include "harness/wire/imap/views.hpp"

#include <string>

namespace mailspec::observe::imap {
namespace {

namespace req = rfc::req;

using wire::imap::response;
using wire::imap::response_kind;
using wire::imap::same_ci;

using one = capability_set::one;

void take(session_state& s, const response& r, report& report) {
    if (r.kind != response_kind::capability && !wire::imap::has_code(r, "CAPABILITY"))
        return;
    s.can.clear();
    s.can_at = s.scenario.tick();
    for (const auto& each : wire::imap::capabilities_of(r))
        s.can.add(r.values.raw(each));
    s.is_rev1 = s.can.has(one::imap4rev1);
    s.commands.allow_literals(s.can.most_literal());
    if (s.secured && s.can.has(one::starttls))
        report(req::imap_capability_no_starttls, "STARTTLS is announced behind STARTTLS");
}

void forget(session_state& s) {
    s.can.clear();
    s.can_at = 0;
}

/// A command that its capability makes valid, whatever the mailbox: so it is well-formed, and the state is right.
struct promise {
    command_kind what;
    one by;
    std::string_view arguments;
    enum class state : std::uint8_t { any, logged_in, selected } in = state::any;
};

constexpr promise promises[] = {
    {command_kind::namespace_, one::namespace_, "", promise::state::logged_in},
    {command_kind::unselect, one::unselect, "", promise::state::selected},
    {command_kind::idle, one::idle, "", promise::state::logged_in},
    {command_kind::id, one::id, "NIL"},
};

bool is_in(const session_state& s, promise::state wanted) {
    switch (wanted) {
    case promise::state::any: return true;
    case promise::state::logged_in: return s.logged_in;
    case promise::state::selected: return s.logged_in && s.selected;
    }
    return false;
}

void log_in(session_state& s, const command& c) {
    s.logged_in = true;
    if (c.what == command_kind::login)
        if (const auto name = argument_reader(c.arguments).astring())
            s.user = digest_of(*name);
}

} // namespace

void note_capabilities(session_state& s, const response& r, report& report) { take(s, r, report); }

void check_capability_kept(session_state& s, const command& c, const response& r, report& report) {
    if (s.can_at == 0 || s.can_at > c.sent_at)
        return;
    if (r.kind == response_kind::ok && c.what == command_kind::login && s.can.has(one::logindisabled))
        report(req::imap_login_disabled, "LOGIN is OK, and LOGINDISABLED was announced");
    if (r.kind != response_kind::bad || !s.only(command_set(c.what)))
        return;
    for (const auto& each : promises)
        if (each.what == c.what && s.can.has(each.by) && same_ci(c.arguments, each.arguments) && is_in(s, each.in) &&
            c.continuations == 0 && c.lines_more == 0)
            report(req::imap_capability_honoured, "a command that was announced is answered BAD");
}

void note_state(session_state& s, const command& c, const response& r, report& report) {
    if (r.kind == response_kind::ok) {
        if (c.what == command_kind::login || c.what == command_kind::authenticate) {
            log_in(s, c);
            forget(s);
        } else if (c.what == command_kind::starttls) {
            s.secured = true;
            forget(s);
        } else if (c.what == command_kind::enable) {
            s.enabled = true;
        }
    }
    if (c.what == command_kind::delete_ || c.what == command_kind::rename)
        s.scenario.forget_names();
    take(s, r, report);
}

} // namespace mailspec::observe::imap
