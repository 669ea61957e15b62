#include "harness/run/observer.hpp"

#include "harness/run/abandoned.hpp"

namespace mailspec::run {

script<snapshot> look(play& of, const watch& at, const snapshot* before) {
    snapshot out;
    for (const auto& each : at.mailboxes)
        co_await look_at_mailboxes(of, each, out);
    for (auto* each : at.maildrops)
        co_await look_at_maildrop(of, *each, before, out);
    for (const auto& role : at.inboxes)
        if (of.against.has(wire::protocol::imap))
            co_await look_at_inbox(of, role, before, out);
        else
            co_await look_at_post(of, role, before, out);
    co_return out;
}

script<> remove_mail(play& of, std::string_view role, const std::vector<std::string>& ids) {
    if (ids.empty())
        co_return;
    if (of.against.has(wire::protocol::imap))
        co_await remove_by_imap(of, role, ids);
    else
        co_await remove_by_pop3(of, role, ids);
}

void not_observed(const party& p, std::string_view what) {
    throw abandoned{verdict::outcome::inconclusive, "the state could not be observed: " + p.over.show() + " refused " +
                                                        std::string(what) + ": \"" + quote(p.talk->decisive()) + "\""};
}

} // namespace mailspec::run
