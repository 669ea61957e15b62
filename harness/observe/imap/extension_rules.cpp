#include "harness/observe/imap/digest.hpp"
#include "harness/observe/imap/rules.hpp"
#include "harness/rfc/catalogue.hpp"
#include "harness/wire/imap/octets.hpp"
#include "harness/wire/imap/reporter.hpp"
#include "harness/wire/imap/views.hpp"
#include "harness/wire/mail/utf7.hpp"

namespace mailspec::observe::imap {
namespace {

namespace req = rfc::req;

using wire::imap::node;
using wire::imap::response;
using wire::imap::response_kind;
using wire::imap::same_ci;
using wire::imap::tree;

/// Takes one namespace: its prefix, its delimiter, and pairs of a name and a list.
void check_namespace(const tree& t, const node& entry, report& report) {
    const node* prefix = t.child(entry);
    const node* delimiter = prefix ? t.next(*prefix) : nullptr;
    if (!delimiter)
        return;
    if (const auto octets = t.text(*prefix); !t.is_nil(*prefix) && !wire::mail::is_utf7(octets))
        report(req::imap_namespace_utf7, "a prefix is not modified UTF-7: " + wire::imap::shown(octets));
    for (const node* name = t.next(*delimiter); name; name = t.next(*name)) {
        const auto word = t.text(*name);
        if (!same_ci(word, "TRANSLATION") && !same_ci(word.substr(0, 2), "X-")) // RFC 5255 section 3.4
            report(req::imap_namespace_extension_names,
                   "an extension that no standard has, and no X- before it: " + wire::imap::shown(word));
        if (name = t.next(*name); !name)
            return;
    }
}

} // namespace

void check_namespaces(session_state&, const response& r, report& report) {
    for (const auto& kind : wire::imap::arguments(r))
        for (const node* entry = r.values.child(kind); entry; entry = r.values.next(*entry))
            check_namespace(r.values, *entry, report);
}

void check_idle_end(session_state&, const command& c, const response& r, report& report) {
    if (r.kind == response_kind::ok && c.continuations > 0 && c.lines_more == 0 && !c.accompanied)
        report(req::imap_idle_until_done, "IDLE is completed, and DONE did not come");
}

/// Of what CAPABILITY told before, only that it was the same, and what the client said since.
void check_capabilities_stay(session_state& s, const response& r, report& report) {
    if (!s.only(command_set(command_kind::capability))) {
        s.told = {};
        return;
    }
    std::uint64_t sum = 0;
    for (const auto& each : wire::imap::capabilities_of(r)) {
        digest one;
        one.add_ci(r.values.raw(each));
        sum += one.value();
    }
    const auto& before = s.told;
    if (before.sum != 0 && before.sum != sum && before.enabled != before.introduced)
        report(before.enabled ? req::imap_enable_capability_same : req::imap_id_no_favours,
               before.enabled ? "ENABLE changed the capabilities" : "ID changed the capabilities");
    s.told = {sum};
}

void note_what_may_change(session_state& s, const command& c, const response&, report&) {
    if (c.what == command_kind::enable)
        s.told.enabled = true;
    else if (c.what == command_kind::id)
        s.told.introduced = true;
    else if (c.what != command_kind::capability)
        s.told = {};
}

} // namespace mailspec::observe::imap
