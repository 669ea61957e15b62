#include "harness/observe/imap/argument_reader.hpp"
#include "harness/observe/imap/digest.hpp"
#include "harness/observe/imap/rules.hpp"
#include "harness/observe/words.hpp"
#include "harness/rfc/catalogue.hpp"
#include "harness/wire/ascii.hpp"
#include "harness/wire/imap/numbers.hpp"
#include "harness/wire/imap/octets.hpp"
#include "harness/wire/imap/sequence_set.hpp"
#include "harness/wire/imap/views.hpp"

#include <algorithm>
#include <iterator>
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
    bool first = true;
    for (const auto& each : wire::imap::capabilities_of(r)) {
        const auto name = r.values.raw(each);
        s.can.add(name);
        if (!first && same_ci(name, "IMAP4"))
            report(req::imap_capability_imap4_first, "IMAP4 is not the first capability");
        first = false;
    }
    s.is_rev1 = s.can.has(one::imap4rev1);
    s.commands.allow_literals(s.can.most_literal());
    if (s.secured && s.can.has(one::starttls))
        report(req::imap_capability_no_starttls, "STARTTLS is announced behind STARTTLS");
}

void forget(session_state& s) {
    s.can.clear();
    s.can_at = 0;
}

using well_formed = bool (*)(const session_state&, std::string_view arguments);

bool nothing(const session_state&, std::string_view arguments) { return arguments.empty(); }

bool nil(const session_state&, std::string_view arguments) { return same_ci(arguments, "NIL"); }

/// Names that all servers know or ignore.
bool extensions(const session_state&, std::string_view arguments) {
    constexpr std::string_view known[] = {"CONDSTORE", "QRESYNC", "UTF8=ACCEPT", "IMAP4rev2"};
    return std::any_of(std::begin(known), std::end(known), [&](auto each) { return same_ci(each, arguments); });
}

bool uids(const session_state&, std::string_view arguments) { return wire::imap::is_uid_set(arguments); }

/// Letters and digits are a name however names are encoded. What is moved to where it is may be an error of any kind.
bool is_other_mailbox(const session_state& s, std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), wire::is_letter_or_digit) &&
           !same_ci(name, s.selected->name);
}

bool number_to_mailbox(const session_state& s, std::string_view arguments) {
    const auto number = wire::imap::number32(take_until(arguments, " "));
    return number && *number > 0 && *number <= std::min(s.selected->exists, s.selected->exists_idle) &&
           is_other_mailbox(s, arguments);
}

bool uids_to_mailbox(const session_state& s, std::string_view arguments) {
    return wire::imap::is_uid_set(take_until(arguments, " ")) && is_other_mailbox(s, arguments);
}

bool all_returned(const session_state&, std::string_view arguments) {
    constexpr std::string_view known[] = {"RETURN () ALL", "RETURN (ALL) ALL", "RETURN (COUNT) ALL",
                                          "RETURN (MIN MAX COUNT) ALL"};
    return std::any_of(std::begin(known), std::end(known), [&](auto each) { return same_ci(each, arguments); });
}

/// A command that its capability makes valid, whatever is in the mailbox: so it is well-formed, and the state is right.
struct promise {
    command_kind what;
    one by;
    well_formed is_well_formed;
    enum class state : std::uint8_t { any, logged_in, never_selected, selected, writable } in = state::any;
};

constexpr promise promises[] = {
    {command_kind::namespace_, one::namespace_, nothing, promise::state::logged_in},
    {command_kind::unselect, one::unselect, nothing, promise::state::selected},
    {command_kind::idle, one::idle, nothing, promise::state::logged_in},
    {command_kind::id, one::id, nil},
    {command_kind::enable, one::enable, extensions, promise::state::never_selected},
    {command_kind::move, one::move, number_to_mailbox, promise::state::writable},
    {command_kind::uid_move, one::move, uids_to_mailbox, promise::state::writable},
    {command_kind::uid_expunge, one::uidplus, uids, promise::state::writable},
    {command_kind::search, one::esearch, all_returned, promise::state::selected},
    {command_kind::uid_search, one::esearch, all_returned, promise::state::selected},
};

bool is_in(const session_state& s, promise::state wanted) {
    switch (wanted) {
    case promise::state::any: return true;
    case promise::state::logged_in: return s.logged_in;
    case promise::state::never_selected: return s.logged_in && !s.has_selected;
    case promise::state::selected: return s.logged_in && s.selected;
    case promise::state::writable: return s.logged_in && s.selected && !s.selected->read_only;
    }
    return false;
}

void log_in(session_state& s, const command& c) {
    s.logged_in = true;
    if (c.what == command_kind::login)
        if (const auto name = argument_reader(c.arguments).astring())
            s.user = digest_of(*name);
}

/// Only SELECTED has them told at once (RFC 5465 section 6.1); what is not known whole may ask for it.
bool asks_for_removals(const command& c) {
    const auto what = wire::in_capitals(c.arguments);
    return c.cut || (what.find("SELECTED (") != what.npos && what.find("MESSAGEEXPUNGE") != what.npos);
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
        if (each.what == c.what && s.can.has(each.by) && is_in(s, each.in) && each.is_well_formed(s, c.arguments) &&
            c.continuations == 0 && c.lines_more == 0)
            report(req::imap_capability_honoured, "a command that was announced is answered BAD");
}

void note_state(session_state& s, const command& c, const response& r, report& report) {
    if (r.kind == response_kind::ok) {
        if (c.what == command_kind::login || c.what == command_kind::authenticate) {
            log_in(s, c);
            forget(s);
        } else if (c.what == command_kind::starttls) {
            s.secured = s.handshake_due = true;
            forget(s);
        } else if (c.what == command_kind::enable) {
            const auto what = wire::in_capitals(c.arguments);
            s.enabled = true;
            s.names_in_utf8 = s.names_in_utf8 || what.find("IMAP4REV2") != what.npos || what.find("UTF8=") != what.npos;
        } else if (c.what == command_kind::notify) {
            s.told_of_removals = asks_for_removals(c);
        } else if (c.what == command_kind::other) {
            s.unknown_succeeded = true;
        }
    }
    if (c.what == command_kind::delete_ || c.what == command_kind::rename)
        s.scenario.forget_names();
    take(s, r, report);
}

} // namespace mailspec::observe::imap
