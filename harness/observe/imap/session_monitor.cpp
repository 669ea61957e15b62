#include "harness/observe/imap/session_monitor.hpp"

#include "harness/observe/imap/digest.hpp"
#include "harness/observe/imap/rules.hpp"
#include "harness/rfc/catalogue.hpp"
#include "harness/wire/buffer.hpp"

namespace mailspec::observe::imap {
namespace {

namespace req = rfc::req;

using wire::imap::response;
using wire::imap::response_form;
using wire::imap::response_kind;

constexpr command_set storing(command_kind::store, command_kind::uid_store);
constexpr command_set selecting(command_kind::select, command_kind::examine);

} // namespace

/// Where commands are unknown, so is which mailbox is selected. What is told of flags from a STORE on is what it
/// stores.
void session_monitor::sent(std::string_view octets) {
    const auto before = state_.scenario.now();
    state_.commands.sent(octets);
    for (const auto& each : state_.commands.in_progress())
        if (state_.selected && each.sent_at > before && storing.has(each.what))
            ++state_.selected->flag_epoch;
    if (state_.commands.lost()) {
        state_.selected.reset();
        state_.opening.reset();
    }
}

void session_monitor::received(const response& r, std::vector<rfc::finding>& found) {
    report report(r.at, found);
    state_.handshake_due = false;
    if (r.kind != response_kind::fetch || !state_.selected)
        check_ascii(state_, r, report);
    if (!state_.greeted)
        greeted(r, report);
    else if (r.form == response_form::tagged)
        completed(r, report);
    else if (r.form == response_form::untagged)
        untagged(r, report);
    else if (r.form == response_form::continuation && !state_.commands.continued())
        report(req::imap_continuation_due, "a continuation request that no command awaits");
}

void session_monitor::greeted(const response& r, report& report) {
    auto& s = state_;
    s.greeted = true;
    s.said_bye = r.kind == response_kind::bye;
    s.logged_in = r.kind == response_kind::preauth;
    const bool greets = r.kind == response_kind::ok || s.logged_in || s.said_bye;
    if (r.form == response_form::untagged && !greets)
        report(req::imap_greeting, "the connection does not begin with OK, PREAUTH or BYE");
    if (r.is_status())
        note_capabilities(s, r, report);
}

void session_monitor::untagged(const response& r, report& report) {
    const bool opening = state_.runs(selecting) && !state_.commands.lost();
    for (const auto& each : data_rules_of(r.kind)) {
        const bool applies = each.where == data_rule::place::anywhere ||
                             (each.where == data_rule::place::opening ? opening : !opening && state_.selected);
        if (applies)
            each.look(state_, r, report);
    }
    if (state_.selected && state_.commands.in_progress().empty())
        state_.selected->exists_idle = state_.selected->exists;
}

void session_monitor::completed(const response& r, report& report) {
    const auto* done = state_.commands.find(r.tag());
    if (!done) {
        if (!state_.commands.lost())
            report(req::imap_completion_tag, "a completion for a tag of which no command is in progress");
        return;
    }
    for (const auto& each : completion_rules())
        if (each.when.has(done->what) && !state_.commands.lost())
            each.look(state_, *done, r, report);
    state_.commands.complete(*done);
    if (state_.selected && state_.commands.in_progress().empty())
        state_.selected->exists_idle = state_.selected->exists;
}

void session_monitor::logged_in_as(std::string_view user) { state_.user = digest_of(user); }

void session_monitor::joined() {
    state_.greeted = state_.has_selected = true;
    doubt();
}

void session_monitor::doubt() {
    auto& s = state_;
    s.commands.doubt();
    s.selected.reset();
    s.opening.reset();
    s.listing.reset();
    s.can.clear();
    s.can_at = 0;
    s.told = {};
    s.unknown_succeeded = true;
    s.commands.allow_literals(wire::limits{}.response);
    s.scenario.note_writer(0);
    s.scenario.forget_names();
}

/// A handshake that fails ends the connection without a word.
void session_monitor::closed(std::uint64_t at, std::vector<rfc::finding>& found) {
    if (state_.greeted && !state_.said_bye && !state_.logging_out && !state_.handshake_due)
        report(at, found)(req::imap_close_bye, "the server closed the connection and had not said BYE");
}

} // namespace mailspec::observe::imap
