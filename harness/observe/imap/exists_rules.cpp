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

std::string of(std::uint32_t number, std::uint32_t exists) {
    return std::to_string(number) + " of " + std::to_string(exists) + " messages";
}

/// No removal may be told while it would confuse numbers that are under way.
///
/// Source   RFC 3501 section 7.4.1; RFC 5465 section 5.3: who asks for it by NOTIFY cannot use numbers any more.
void check_removal_time(const session_state& s, std::string_view name, report& report) {
    constexpr command_set confused(command_kind::fetch, command_kind::store, command_kind::search);
    if (s.commands.lost() || s.told_of_removals || s.runs(command_set(command_kind::notify)))
        return;
    const auto all = s.commands.in_progress();
    const auto whole = [](const command& c) { return c.is_whole(); };
    const bool none = std::none_of(all.begin(), all.end(), whole);
    const bool confusing =
        std::all_of(all.begin(), all.end(), [&](const command& c) { return !c.is_whole() || confused.has(c.what); });
    if (none)
        report(req::imap_expunge_timing, std::string(name) + " while no command is in progress");
    else if (confusing)
        report(req::imap_expunge_timing, std::string(name) + " while FETCH, STORE or SEARCH is in progress");
}

/// What EXAMINE opened stays as it is: what this session removed itself was not to be removed.
void check_read_only(const session_state& s, report& report) {
    constexpr command_set removing(command_kind::expunge, command_kind::uid_expunge, command_kind::move,
                                   command_kind::uid_move);
    if (s.selected->by_examine && s.only(removing) && s.is_alone())
        report(req::imap_examine_read_only, "a message is removed from a mailbox opened by EXAMINE");
}

void mark_gone(session_state& s, std::uint32_t uid) {
    auto& view = *s.selected;
    if (view.shared && uid != 0 && view.shared->gone.size() < incarnation::most)
        view.shared->gone.try_emplace(uid, telling{view.selected_at, s.scenario.now()});
}

void vanish(session_state& s, std::string_view uids) {
    auto& view = *s.selected;
    const auto count = wire::imap::count_of_sequence_set(uids);
    view.exists_certain = count && *count <= view.exists;
    view.exists = view.exists_certain ? view.exists - static_cast<std::uint32_t>(*count) : 0;
    view.settled = view.beyond = 0;
    view.forget_numbers();
}

} // namespace

void check_size(session_state& s, const response& r, report& report) {
    auto& view = *s.selected;
    if (r.number < view.exists && view.exists_certain)
        report(req::imap_exists_no_shrink,
               "EXISTS falls from " + std::to_string(view.exists) + " to " + std::to_string(r.number));
    view.exists = r.number;
    view.exists_certain = true;
    if (view.beyond <= r.number)
        view.beyond = 0;
    if (view.known() > r.number)
        view.forget_numbers();
}

void check_removal(session_state& s, const response& r, report& report) {
    auto& view = *s.selected;
    if (const auto all = s.commands.in_progress(); !all.empty())
        s.disturbed = all.back().sent_at;
    if (r.kind == response_kind::vanished) {
        const auto gone = wire::imap::vanished_of(r);
        if (!gone || gone->told == wire::imap::vanished_view::when::earlier)
            return;
        check_removal_time(s, "VANISHED", report);
        vanish(s, gone->uids);
        return;
    }
    check_removal_time(s, "EXPUNGE", report);
    check_read_only(s, report);
    if (view.exists_certain && r.number > view.exists) {
        report(req::imap_expunge_range, "EXPUNGE of message " + of(r.number, view.exists));
        return;
    }
    view.beyond -= r.number <= view.beyond ? 1 : 0;
    if (const auto* m = view.find(r.number))
        mark_gone(s, m->uid);
    view.expunge(r.number);
}

/// EXISTS may come behind a FETCH of the message it counts: judged when the command is done.
void check_number(session_state& s, const fetched& f) {
    auto& view = *s.selected;
    if (view.exists_certain && f.response.number > view.exists)
        view.beyond = std::max(view.beyond, f.response.number);
}

void check_numbers_told(session_state& s, const command&, const response&, report& report) {
    if (!s.selected || s.selected->beyond == 0)
        return;
    auto& view = *s.selected;
    if (view.exists_certain && view.beyond > view.exists)
        report(req::imap_number_range, "message " + of(view.beyond, view.exists));
    view.beyond = 0;
}

} // namespace mailspec::observe::imap
