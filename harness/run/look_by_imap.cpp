#include "harness/run/abandoned.hpp"
#include "harness/run/imap_dialogue.hpp"
#include "harness/run/mailbox_list.hpp"
#include "harness/run/observer.hpp"
#include "harness/run/opening.hpp"
#include "harness/run/removal.hpp"
#include "harness/wire/imap/numbers.hpp"
#include "harness/wire/imap/views.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace mailspec::run {
namespace {

using wire::protocol;
using wire::imap::response;
using wire::imap::response_kind;

using success = dialogue::success;

/// More mailboxes, or new mails, than these are not looked at one by one.
constexpr std::size_t most_mailboxes = 1000, most_mails = 100;

std::span<const response> untagged(party& p) { return static_cast<imap_dialogue&>(*p.talk).untagged(); }

/// Fills in what the response says; a message may have several.
void read_fetch(const response& r, snapshot::message& m) {
    const auto take = [&](std::string_view item, std::string& into) {
        if (const auto* value = wire::imap::find_fetch_item(r, item))
            into = r.values.text(*value);
    };
    take("UID", m.id);
    take("INTERNALDATE", m.date);
    take("RFC822.SIZE", m.size);
    take("BODY[]", m.octets);
    if (wire::imap::find_fetch_item(r, "FLAGS"))
        m.flags = flag_set(r);
}

void read_opening(party& p, snapshot::place& into, std::uint64_t& count) {
    for (const auto& r : untagged(p)) {
        if (r.kind == response_kind::exists)
            count = r.number;
        if (const auto validity = wire::imap::code_number(r, "UIDVALIDITY"))
            into.validity = *validity;
        if (const auto next = wire::imap::code_number(r, "UIDNEXT"))
            into.next = *next;
    }
}

script<std::vector<snapshot::message>> fetch(party& p, std::string words) {
    const auto fetched = co_await p.talk->command(words);
    if (fetched != success::yes)
        not_observed(p, "UID FETCH");
    std::map<std::uint32_t, snapshot::message> numbered;
    for (const auto& r : untagged(p))
        if (r.kind == response_kind::fetch)
            read_fetch(r, numbered[r.number]);
    std::vector<snapshot::message> out;
    for (auto& [number, m] : numbered)
        out.push_back(std::move(m));
    co_return out;
}

bool is_uid(std::string_view id) { return !id.starts_with('0') && wire::imap::number32(id); }

/// What a server names a message by goes into commands: it must be a number.
void mind_uids(const party& p, const snapshot::place& seen) {
    for (const auto& each : seen.messages)
        if (!is_uid(each.id))
            throw abandoned{verdict::outcome::inconclusive, "the state could not be observed: " + p.over.show() +
                                                                " gave \"" + quote(each.id) +
                                                                "\" for the UID of a message in " + quote(seen.name)};
}

/// Fills in what is inside; a name that cannot be opened does not exist, or so it seems.
enum class must_be { open, there_or_not };
script<> examine(party& p, std::string_view role, std::string name, must_be how, snapshot& into) {
    const auto words = "EXAMINE " + mailbox_argument(name);
    const auto examined = co_await p.talk->command(words);
    if (examined != success::yes) {
        if (how == must_be::open)
            into.at(role, name).refused = quote(p.talk->decisive());
        co_return;
    }
    auto& place = into.at(role, name);
    place.exists = true;
    std::uint64_t count = 0;
    read_opening(p, place, count);
    if (count > 0)
        place.messages = co_await fetch(p, "UID FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE)");
    mind_uids(p, place);
}

script<std::vector<std::string>> look_at_names(party& p, const scratch& ours, snapshot& into) {
    const auto mailboxes = co_await list_names(p, ours.name, listed::mailboxes);
    if (!mailboxes)
        not_observed(p, "LIST");
    std::vector<std::string> out;
    for (const auto& each : *mailboxes)
        if (each.selectable) {
            into.at(ours.role, each.name).delimiter = each.delimiter;
            out.push_back(each.name);
        }
    const auto subscriptions = co_await list_names(p, ours.name, listed::subscriptions);
    if (!subscriptions) // it keeps them to itself
        into.subscriptions_refused[ours.role] = p.over.asked + " was answered \"" + quote(p.talk->decisive()) + '"';
    else
        for (const auto& each : *subscriptions)
            into.at(ours.role, each.name).subscribed = true;
    co_return out;
}

} // namespace

script<party*> imap_observer(play& of, std::string_view role) {
    for (const auto& each : of.parties)
        if (!each->plays && each->over.open && each->over.name == "observer" && each->over.role == role &&
            each->over.door.protocol == protocol::imap)
            co_return each.get();
    co_return co_await open_helper(of, protocol::imap, role, "observer");
}

script<> look_at_mailboxes(play& of, const scratch& ours, snapshot& into) {
    auto& p = *co_await imap_observer(of, ours.role);
    const auto names = co_await look_at_names(p, ours, into);
    if (names.size() > most_mailboxes)
        throw abandoned{verdict::outcome::inconclusive, "the state could not be observed: " + p.over.show() +
                                                            " lists " + std::to_string(names.size()) +
                                                            " mailboxes beginning with " + quote(ours.name)};
    for (const auto& name : names)
        co_await examine(p, ours.role, name, must_be::open, into);
    if (std::find(names.begin(), names.end(), ours.name) == names.end())
        co_await examine(p, ours.role, ours.name, must_be::there_or_not, into);
}

script<> look_at_inbox(play& of, std::string_view role, const snapshot* before, snapshot& into) {
    auto& p = *co_await imap_observer(of, role);
    co_await examine(p, role, "INBOX", must_be::open, into);
    auto& inbox = into.at(role, "INBOX");
    if (!inbox.exists)
        not_observed(p, "EXAMINE");
    inbox.what = snapshot::place::kind::inbox;
    const auto* was = before ? before->find(role, "INBOX") : nullptr;
    if (!was)
        co_return;
    const auto known = ids_in(was);
    std::size_t fresh = 0;
    for (auto& each : inbox.messages) {
        if (known.contains(each.id) || ++fresh > most_mails)
            continue;
        auto whole = co_await fetch(p, "UID FETCH " + each.id + " (UID BODY.PEEK[])");
        for (auto& one : whole)
            if (one.id == each.id)
                each.octets = std::move(one.octets);
    }
}

script<> look_away(play& of, std::string_view role) {
    auto& p = *co_await imap_observer(of, role);
    co_await leave_mailbox(of, p);
}

script<> remove_by_imap(play& of, std::string_view role, const std::vector<std::string>& ids) {
    auto& p = *co_await imap_observer(of, role);
    std::string set;
    for (const auto& id : ids)
        set += (set.empty() ? "" : ",") + id;
    const auto selected = co_await p.talk->command("SELECT INBOX");
    if (selected != success::yes)
        not_observed(p, "SELECT INBOX");
    const auto words = "UID STORE " + set + " +FLAGS.SILENT (\\Deleted)";
    co_await p.talk->command(words);
    const auto expunge =
        p.over.can.has("UIDPLUS") || p.over.can.has("IMAP4rev2") ? "UID EXPUNGE " + set : std::string("EXPUNGE");
    co_await p.talk->command(expunge);
    co_await leave_mailbox(of, p);
}

} // namespace mailspec::run
