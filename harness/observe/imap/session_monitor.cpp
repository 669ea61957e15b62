#include "harness/observe/imap/session_monitor.hpp"

#include "harness/rfc/catalogue.hpp"

#include <string>

namespace mailspec::observe::imap {
namespace {

namespace req = rfc::req;

using wire::imap::response;
using wire::imap::response_form;
using wire::imap::response_kind;

} // namespace

void session_monitor::received(const response& r, std::vector<rfc::finding>& found) {
    report report(r.at, found);
    if (!greeted_)
        greeted(r, report);
    else if (r.form == response_form::tagged)
        completed(r, report);
    else if (r.form == response_form::untagged)
        untagged(r, report);
    else if (r.form == response_form::continuation && !commands_.continued())
        report(req::imap_continuation_due, "a continuation request that no command awaits");
}

void session_monitor::greeted(const response& r, report& report) {
    greeted_ = true;
    said_bye_ = r.kind == response_kind::bye;
    const bool greets = r.kind == response_kind::ok || r.kind == response_kind::preauth || said_bye_;
    if (r.form == response_form::untagged && !greets)
        report(req::imap_greeting, "the connection does not begin with OK, PREAUTH or BYE");
}

void session_monitor::untagged(const response& r, report& report) {
    if (r.kind == response_kind::bye)
        said_bye_ = true;
    else if (r.kind == response_kind::preauth)
        report(req::imap_greeting, "PREAUTH behind the greeting");
}

void session_monitor::completed(const response& r, report& report) {
    const auto* done = commands_.find(r.tag());
    logging_out_ = logging_out_ || (done && done->what == command_kind::logout);
    if (done && done->what == command_kind::logout && r.kind == response_kind::ok && !said_bye_)
        report(req::imap_logout_bye, "LOGOUT is completed and there was no BYE");
    if (done)
        commands_.complete(*done);
    else if (!commands_.lost())
        report(req::imap_completion_tag, "a completion for a tag of which no command is in progress");
}

void session_monitor::closed(std::uint64_t at, std::vector<rfc::finding>& found) {
    if (greeted_ && !said_bye_ && !logging_out_)
        report(at, found)(req::imap_close_bye, "the server closed the connection and had not said BYE");
}

} // namespace mailspec::observe::imap
