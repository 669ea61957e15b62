#include "harness/observe/imap/rules.hpp"
#include "harness/rfc/catalogue.hpp"
#include "harness/wire/imap/views.hpp"

namespace mailspec::observe::imap {
namespace {

namespace req = rfc::req;

using wire::imap::response;
using wire::imap::response_kind;

} // namespace

void check_bye(session_state& s, const response& r, report& report) {
    if (r.kind == response_kind::bye) {
        s.said_bye = true;
        if (!s.runs(command_set(command_kind::logout)))
            s.bye_at = s.scenario.tick();
        if (s.commands.exceeds() && s.can.has(capability_set::one::literal_minus) && !wire::imap::has_code(r, "TOOBIG"))
            report(req::imap_literal_minus_bye_toobig, "BYE without [TOOBIG] answers a literal that is too large");
    } else
        report(req::imap_greeting, "PREAUTH behind the greeting");
}

/// A BYE that answers no LOGOUT closes the connection at once: nothing that was sent later gets an answer.
void check_after_bye(session_state& s, const command& c, const response&, report& report) {
    if (s.bye_at != 0 && c.sent_at > s.bye_at)
        report(req::imap_bye_closes, "a command is completed that was sent after BYE");
}

void check_logout(session_state& s, const command&, const response& r, report& report) {
    s.logging_out = true;
    if (r.kind == response_kind::ok && !s.said_bye)
        report(req::imap_logout_bye, "LOGOUT is completed and there was no BYE");
}

} // namespace mailspec::observe::imap
