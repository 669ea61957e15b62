#include "harness/observe/imap/rules.hpp"
#include "harness/rfc/catalogue.hpp"
#include "harness/wire/imap/numbers.hpp"

#include <string>

namespace mailspec::observe::imap {
namespace {

namespace req = rfc::req;

/// Neighbours of which nothing is known are passed over, so many at most.
constexpr std::uint32_t farthest = 64;

std::string message(std::uint32_t number, std::uint32_t uid) {
    return "message " + std::to_string(number) + " has UID " + std::to_string(uid);
}

void check_order(const mailbox_view& view, std::uint32_t number, std::uint32_t uid, report& report) {
    for (std::uint32_t step = 1; step <= farthest && step < number; ++step)
        if (const auto* m = view.find(number - step); m && m->uid != 0) {
            if (m->uid >= uid)
                report(req::imap_fetch_uid, message(number, uid) + " and " + message(number - step, m->uid));
            break;
        }
    for (std::uint32_t step = 1; step <= farthest; ++step)
        if (const auto* m = view.find(number + step); m && m->uid != 0) {
            if (m->uid <= uid)
                report(req::imap_fetch_uid, message(number, uid) + " and " + message(number + step, m->uid));
            break;
        }
}

/// A UID that was told to be expunged before this mailbox was selected, or in this very selection, is not used again.
void check_reuse(const mailbox_view& view, std::uint32_t number, std::uint32_t uid, report& report) {
    const auto found = view.shared->gone.find(uid);
    if (found == view.shared->gone.end())
        return;
    const bool known_here = found->second.selection == view.selected_at || found->second.at < view.selected_at;
    if (known_here)
        report(req::imap_uid_not_reused, message(number, uid) + ", which was told to be expunged");
}

} // namespace

void check_uid(session_state& s, const fetched& f, report& report) {
    const auto number = f.response.number;
    const auto uid = wire::imap::number32(f.response.values.raw(*f.uid));
    if (!uid || *uid == 0)
        return;
    auto& view = *s.selected;
    auto* m = f.message;
    if (m && m->uid != 0 && m->uid != *uid)
        report(req::imap_uid_constant, message(number, *uid) + ", and had " + std::to_string(m->uid));
    const bool is_new = m && m->uid == 0;
    if (m)
        m->uid = *uid;
    if (is_new) {
        check_order(view, number, *uid, report);
        if (view.shared)
            check_reuse(view, number, *uid, report);
        if (view.uidnext != 0 && number <= view.settled && *uid >= view.uidnext)
            report(req::imap_uidnext_above,
                   message(number, *uid) + ", and UIDNEXT was " + std::to_string(view.uidnext));
    }
    if (view.shared)
        view.shared->highest.raise(*uid, s.scenario.now());
}

void check_modseq(const fetched& f, report& report) {
    const auto& values = f.response.values;
    const auto* number = values.child(*f.modseq);
    const auto modseq = number ? wire::imap::number63(values.raw(*number)) : std::nullopt;
    auto* m = modseq ? f.message : nullptr;
    if (!m)
        return;
    if (*modseq < m->modseq)
        report(req::imap_modseq_no_fall, "MODSEQ of message " + std::to_string(f.response.number) + " falls from " +
                                             std::to_string(m->modseq) + " to " + std::to_string(*modseq));
    m->modseq = *modseq;
}

} // namespace mailspec::observe::imap
