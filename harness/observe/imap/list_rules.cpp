#include "harness/observe/imap/rules.hpp"
#include "harness/rfc/catalogue.hpp"
#include "harness/wire/imap/octets.hpp"
#include "harness/wire/imap/reporter.hpp"
#include "harness/wire/imap/views.hpp"
#include "harness/wire/mail/utf7.hpp"

#include <string>

namespace mailspec::observe::imap {
namespace {

namespace req = rfc::req;

using wire::imap::response;
using wire::imap::response_kind;
using wire::imap::same_ci;

/// In IMAP4rev1 the client may have made the name itself, and RFC 3501 section 5.1.3 is a convention: never more than
/// advice. With IMAP4rev2 alone, and after ENABLE of it or of UTF8=ACCEPT, names are in UTF-8.
void check_name(const session_state& s, std::string_view name, report& report) {
    const bool ascii = wire::imap::is_ascii(name);
    const bool in_utf8 = s.names_in_utf8 || (s.can_at != 0 && !s.is_rev1);
    if (in_utf8 && !ascii && !wire::mail::utf7_encode(name))
        report(req::imap_list_name_utf8, "a mailbox name is not UTF-8: " + wire::imap::shown(name));
    if (s.enabled || !s.is_rev1)
        return;
    if (!ascii)
        report(req::imap_list_name_ascii, "a mailbox name has octets beyond ASCII: " + wire::imap::shown(name));
    else if (name.find('&') != std::string_view::npos && !wire::mail::utf7_decode(name))
        report(req::imap_list_name_utf7, "a mailbox name is not modified UTF-7: " + wire::imap::shown(name));
}

/// Those that do not exist and INBOX, below which others may make mailboxes at any time, prove nothing.
void check_children(session_state& s, const response& r, std::string_view name, char delimiter) {
    const auto* c = s.only(command_set(command_kind::list));
    if (!c || c->arguments.starts_with('(') || r.kind != response_kind::list)
        return;
    s.listing->begin(c->sent_at);
    const bool is_mailbox =
        !wire::imap::has_attribute(r, "\\NonExistent") && !wire::imap::has_attribute(r, "\\Noselect");
    if (is_mailbox && delimiter != 0)
        s.listing->add_parents(name, delimiter);
    if (same_ci(name, "INBOX"))
        return;
    if (wire::imap::has_attribute(r, "\\Noinferiors"))
        s.listing->add_childless(name, list_watch::lacks::children_ever);
    else if (wire::imap::has_attribute(r, "\\HasNoChildren"))
        s.listing->add_childless(name, list_watch::lacks::children_now);
}

} // namespace

void check_list(session_state& s, const response& r, report& report) {
    const auto list = wire::imap::list_of(r);
    if (!list)
        return;
    if (!s.listing)
        s.listing = std::make_unique<list_watch>();
    const auto name = r.values.text(*list->mailbox);
    check_name(s, name, report);
    const auto text = r.values.is_nil(*list->delimiter) ? std::string() : r.values.text(*list->delimiter);
    const char delimiter = text.size() == 1 ? text.front() : '\0';
    check_children(s, r, name, delimiter);
    const auto end = delimiter != 0 ? name.find(delimiter) : std::string::npos;
    if (end == std::string::npos || end + 1 == name.size())
        return;
    const auto top = std::string_view(name).substr(0, end);
    const char before = s.listing->delimiter_below(top, delimiter);
    if (before != delimiter)
        report(req::imap_list_one_delimiter, "names below " + wire::imap::shown(top) + " are parted by '" +
                                                 std::string(1, before) + "' and by '" + text + "'");
}

void end_list(session_state& s, const command& c, const response& r, report& report) {
    if (!s.listing || r.kind != response_kind::ok || !s.only(command_set(command_kind::list)))
        return;
    s.listing->begin(c.sent_at);
    for (const auto& each : s.listing->contradicted()) {
        const bool ever = each.what == list_watch::lacks::children_ever;
        report(ever ? req::imap_list_noinferiors : req::imap_list_hasnochildren,
               wire::imap::shown(each.shown) + " is " + (ever ? "\\Noinferiors" : "\\HasNoChildren") +
                   " and a mailbox below it is listed");
        return;
    }
}

} // namespace mailspec::observe::imap
