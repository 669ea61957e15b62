#include "harness/observe/imap/argument_reader.hpp"
#include "harness/observe/imap/rules.hpp"
#include "harness/rfc/catalogue.hpp"
#include "harness/wire/imap/sequence_set.hpp"
#include "harness/wire/imap/views.hpp"

#include <algorithm>
#include <string>

namespace mailspec::observe::imap {
namespace {

namespace req = rfc::req;

using wire::imap::response;
using wire::imap::response_kind;

std::string about(std::uint32_t number) { return "message " + std::to_string(number); }

void lacks(const session_state& s, std::uint32_t number, report& report) {
    report(req::imap_fetch_answers, "FETCH is OK, and " + about(number) + " was not told its " +
                                        std::string(s.selected->fetching->missing(number)));
}

/// Plain FETCH: each message named must have had all of it, as none can have gone meanwhile.
void check_numbers(const session_state& s, const command& c, report& report) {
    const auto& view = *s.selected;
    argument_reader in(c.arguments);
    wire::imap::sequence_set_reader set(in.next().raw);
    std::uint32_t reported = 0;
    while (const auto range = set.next()) {
        const auto first = range->first == wire::imap::star ? view.exists : range->first;
        const auto last = range->last == wire::imap::star ? view.exists : range->last;
        const auto end = std::min({std::max(first, last), view.exists, view.exists_idle, fetch_watch::most_numbers});
        for (auto n = std::max(std::min(first, last), 1u); n <= end; ++n) {
            const auto had = s.selected->fetching->of(n);
            const bool partly = had == fetch_watch::had::some;
            if (had == fetch_watch::had::all || (!partly && !s.is_alone()))
                continue;
            if (reported++ == 0)
                lacks(s, n, report);
        }
    }
}

/// UID FETCH: messages may have gone, and flags of others may be told; what has one item must have all.
void check_told(const session_state& s, report& report) {
    for (auto n = s.selected->fetching->lowest(); n != 0 && n <= s.selected->fetching->highest(); ++n)
        if (s.selected->fetching->of(n) == fetch_watch::had::some) {
            lacks(s, n, report);
            return;
        }
}

/// The watch of the FETCH in progress, or null where what is told can't be held against it.
fetch_watch* watch_of(session_state& s, const command& c) {
    auto& watch = s.selected->fetching;
    if (!watch)
        watch = std::make_unique<fetch_watch>();
    return watch->watch(c) ? watch.get() : nullptr;
}

void watch_fetch(session_state& s, const fetched& f, report& report) {
    const auto* c = s.only(command_set(command_kind::fetch, command_kind::uid_fetch));
    auto* watch = c ? watch_of(s, *c) : nullptr;
    if (!watch)
        return;
    const bool solicited = watch->tell(f);
    if (solicited && c->what == command_kind::uid_fetch && !f.uid)
        report(req::imap_fetch_uid_in_uid_fetch, "what UID FETCH asked for came without the UID");
}

} // namespace

void look_at_fetch(session_state& s, const response& r, report& report) {
    const fetched f(r, *s.selected);
    if (r.number > mailbox_view::most)
        s.scenario.leave_unwatched(scenario_view::limit::messages);
    check_number(s, f);
    if (f.uid)
        check_uid(s, f, report);
    if (f.flags)
        check_flags(s, f, report);
    if (f.modseq)
        check_modseq(f, report);
    if (f.has_facts) {
        check_ascii(s, r, report); // nothing else that FETCH tells is a text or a quoted string
        check_facts(s, f, report);
    }
    watch_fetch(s, f, report);
}

void end_fetch(session_state& s, const command& c, const response& r, report& report) {
    if (r.kind != response_kind::ok || !s.selected || s.disturbed == c.sent_at || !s.only(command_set(c.what)))
        return;
    if (!watch_of(s, c))
        return;
    if (c.what == command_kind::fetch)
        check_numbers(s, c, report);
    else
        check_told(s, report);
}

} // namespace mailspec::observe::imap
