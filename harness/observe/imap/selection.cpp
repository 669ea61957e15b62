#include "harness/observe/imap/argument_reader.hpp"
#include "harness/observe/imap/rules.hpp"
#include "harness/rfc/catalogue.hpp"
#include "harness/wire/imap/views.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace mailspec::observe::imap {
namespace {

namespace req = rfc::req;

using wire::imap::response;
using wire::imap::response_kind;

void take_uidvalidity(mailbox_view& view, std::uint32_t value, report& report) {
    if (view.uidvalidity != 0 && view.uidvalidity != value)
        report(req::imap_uidvalidity_constant,
               "UIDVALIDITY was " + std::to_string(view.uidvalidity) + " and is now " + std::to_string(value));
    view.uidvalidity = value;
}

/// Messages may come while SELECT runs: UIDNEXT may be of any time between.
void take_exists(mailbox_view& view, std::uint32_t number) {
    view.settled = view.exists_told ? std::min(view.settled, number) : number;
    view.exists = number;
    view.exists_told = true;
}

void take_codes(mailbox_view& view, const response& r, report& report) {
    if (const auto value = wire::imap::code_number(r, "UIDVALIDITY"))
        take_uidvalidity(view, static_cast<std::uint32_t>(*value), report);
    if (const auto value = wire::imap::code_number(r, "UIDNEXT"))
        view.uidnext = static_cast<std::uint32_t>(*value);
}

/// What the selection told is held against what other sessions know.
void join_record(session_state& s, const command& c, report& report) {
    auto& view = *s.selected;
    if (view.uidvalidity == 0)
        return;
    auto& record = s.scenario.of(s.user, view.name);
    view.shared = note_validity(s, record, view.uidvalidity, c.sent_at, report);
    if (view.uidnext != 0 && view.shared)
        note_uidnext(*view.shared, view.uidnext, c.sent_at, s.scenario.now(), report);
}

} // namespace

void open_mailbox(session_state& s, const response& r, report& report) {
    if (!s.opening)
        s.opening = std::make_unique<mailbox_view>();
    if (r.kind == response_kind::exists)
        take_exists(*s.opening, r.number);
    else if (r.kind == response_kind::expunge && s.opening->exists > 0)
        take_exists(*s.opening, s.opening->exists - 1);
    else if (wire::imap::has_code(r, "CLOSED"))
        *s.opening = {};
    else
        take_codes(*s.opening, r, report);
}

void end_selection(session_state& s, const command& c, const response& r, report& report) {
    s.has_selected = true;
    s.selected = r.kind == response_kind::ok ? std::move(s.opening) : nullptr;
    s.opening.reset();
    argument_reader in(c.arguments);
    auto name = in.astring();
    if (r.kind != response_kind::ok || !name || s.commands.lost()) {
        s.selected.reset();
        return;
    }
    if (c.what == command_kind::examine && !wire::imap::has_code(r, "READ-ONLY"))
        report(req::imap_examine_read_only, "the OK of EXAMINE does not begin with [READ-ONLY]");
    if (!s.selected)
        s.selected = std::make_unique<mailbox_view>();
    auto& view = *s.selected;
    view.name = std::move(*name);
    view.selected_at = c.sent_at;
    view.by_examine = c.what == command_kind::examine;
    view.read_only = view.by_examine || wire::imap::has_code(r, "READ-ONLY");
    join_record(s, c, report);
}

void leave_mailbox(session_state& s, const command&, const response& r, report&) {
    if (r.kind == response_kind::ok)
        s.selected.reset();
}

void check_selected_codes(session_state& s, const response& r, report& report) {
    if (wire::imap::has_code(r, "CLOSED"))
        s.selected.reset();
    else if (const auto value = wire::imap::code_number(r, "UIDVALIDITY"))
        take_uidvalidity(*s.selected, static_cast<std::uint32_t>(*value), report);
}

} // namespace mailspec::observe::imap
