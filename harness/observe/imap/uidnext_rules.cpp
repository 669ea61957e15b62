#include "harness/observe/imap/argument_reader.hpp"
#include "harness/observe/imap/rules.hpp"
#include "harness/rfc/catalogue.hpp"
#include "harness/wire/imap/octets.hpp"
#include "harness/wire/imap/sequence_set.hpp"
#include "harness/wire/imap/views.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace mailspec::observe::imap {
namespace {

namespace req = rfc::req;

using wire::imap::response;
using wire::imap::response_kind;
using wire::imap::same_ci;

/// UIDs given to messages by a command.
struct given {
    std::uint32_t uidvalidity;
    std::string_view uids;
};

std::optional<given> given_by(const response& r) {
    if (const auto appended = wire::imap::appenduid_of(r))
        return given{appended->uidvalidity, appended->uids};
    if (const auto copied = wire::imap::copyuid_of(r))
        return given{copied->uidvalidity, copied->to};
    return std::nullopt;
}

/// The mailbox that the messages went to.
std::optional<std::string> target_of(const command& c) {
    argument_reader in(c.arguments);
    if (c.what != command_kind::append)
        in.next(); // the messages
    return in.astring();
}

void check_given(const incarnation& of, std::uint32_t uid, std::uint32_t sent, report& report) {
    if (of.uidnext.before(sent) && uid < of.uidnext.value)
        report(req::imap_uidnext_later, "a new message has UID " + std::to_string(uid) + ", and UIDNEXT was " +
                                            std::to_string(of.uidnext.value));
    else if (of.highest.before(sent) && uid <= of.highest.value)
        report(req::imap_fetch_uid, "a new message has UID " + std::to_string(uid) + ", and an older one has " +
                                        std::to_string(of.highest.value));
}

bool is_asked_for(const command& status, std::string_view mailbox) {
    const auto asked = argument_reader(status.arguments).astring();
    return asked && (*asked == mailbox || (same_ci(*asked, "INBOX") && same_ci(mailbox, "INBOX")));
}

} // namespace

incarnation* note_validity(session_state& s, mailbox_record& of, std::uint32_t value, std::uint32_t sent,
                           report& report) {
    if (!s.scenario.names_stand_since(sent))
        return nullptr;
    if (of.uidvalidity.before(sent) && value < of.uidvalidity.value)
        report(req::imap_uidvalidity_grows,
               "UIDVALIDITY falls from " + std::to_string(of.uidvalidity.value) + " to " + std::to_string(value));
    if (of.uidvalidity.value != value)
        of.uidvalidity = {value, s.scenario.now()};
    const auto known = of.by_uidvalidity.find(value);
    if (known == of.by_uidvalidity.end() && of.by_uidvalidity.size() >= mailbox_record::most)
        return nullptr;
    return known == of.by_uidvalidity.end() ? &of.by_uidvalidity[value] : &known->second;
}

void note_uidnext(incarnation& of, std::uint32_t value, std::uint32_t sent, std::uint32_t now, report& report) {
    if (of.uidnext.before(sent) && value < of.uidnext.value)
        report(req::imap_uidnext_no_fall,
               "UIDNEXT falls from " + std::to_string(of.uidnext.value) + " to " + std::to_string(value));
    else if (of.highest.before(sent) && value <= of.highest.value)
        report(req::imap_uidnext_above,
               "UIDNEXT is " + std::to_string(value) + ", and a message has UID " + std::to_string(of.highest.value));
    of.uidnext.raise(value, now);
}

/// Of the mailbox selected, STATUS may give what the session has seen of it so far.
void check_status(session_state& s, const response& r, report& report) {
    const auto* c = s.only(command_set(command_kind::status));
    const auto* name = wire::imap::status_mailbox(r);
    const auto validity = wire::imap::status_item(r, "UIDVALIDITY");
    if (!c || !name || !validity || *validity == 0)
        return;
    const auto mailbox = r.values.text(*name);
    if (!is_asked_for(*c, mailbox) || (s.selected && same_ci(s.selected->name, mailbox)))
        return;
    auto* shared =
        note_validity(s, s.scenario.of(s.user, mailbox), static_cast<std::uint32_t>(*validity), c->sent_at, report);
    if (const auto next = wire::imap::status_item(r, "UIDNEXT"); next && shared)
        note_uidnext(*shared, static_cast<std::uint32_t>(*next), c->sent_at, s.scenario.now(), report);
}

void check_new_uid(session_state& s, const command& c, const response& r, report& report) {
    const auto news = given_by(r);
    if (r.kind != response_kind::ok || !news || news->uidvalidity == 0)
        return;
    const auto mailbox = target_of(c);
    if (!mailbox)
        return;
    auto& record = s.scenario.of(s.user, *mailbox);
    auto* shared = note_validity(s, record, news->uidvalidity, c.sent_at, report);
    std::uint32_t lowest = 0, highest = 0;
    wire::imap::sequence_set_reader set(news->uids);
    while (const auto range = set.next()) {
        const auto [low, high] = std::minmax(range->first, range->last);
        lowest = lowest == 0 ? low : std::min(lowest, low);
        highest = std::max(highest, high);
    }
    if (!set.good() || lowest == 0 || !shared)
        return;
    check_given(*shared, lowest, c.sent_at, report);
    shared->highest.raise(highest, s.scenario.now());
}

} // namespace mailspec::observe::imap
