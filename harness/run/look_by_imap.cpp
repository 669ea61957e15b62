#include "harness/run/abandoned.hpp"
#include "harness/run/imap_dialogue.hpp"
#include "harness/run/observer.hpp"
#include "harness/run/opening.hpp"
#include "harness/run/removal.hpp"
#include "harness/wire/imap/numbers.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
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

std::uint64_t number_in(std::string_view digits) {
    std::uint64_t n = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), n);
    return n;
}

/// One line of LIST or LSUB.
struct list_line {
    std::string name, delimiter;
    bool selectable = true;
};

std::vector<list_line> read_list(party& p, response_kind kind, std::string_view prefix) {
    std::vector<list_line> out;
    for (const auto& r : untagged(p)) {
        const auto& v = r.values;
        const auto* attributes = r.kind == kind ? v.child(v.root()) : nullptr;
        const auto* delimiter = attributes ? v.next(*attributes) : nullptr;
        const auto* name = delimiter ? v.next(*delimiter) : nullptr;
        if (!name || !v.text(*name).starts_with(prefix) || !can_be_sent(v.text(*name)))
            continue;
        list_line one{v.text(*name), v.is_nil(*delimiter) ? "" : v.text(*delimiter), true};
        for (const auto* each = v.child(*attributes); each; each = v.next(*each))
            if (v.equals_ci(*each, "\\Noselect") || v.equals_ci(*each, "\\NonExistent"))
                one.selectable = false;
        out.push_back(std::move(one));
    }
    return out;
}

std::string read_flags(const wire::imap::tree& v, const wire::imap::node& list) {
    std::string flags;
    for (const auto* flag = v.child(list); flag; flag = v.next(*flag))
        flags += v.text(*flag) + ' ';
    return flags;
}

/// Fills in what the response says; a message may have several.
void read_fetch(const response& r, snapshot::message& m) {
    const auto& v = r.values;
    const auto* items = v.child(v.root());
    for (const auto* name = items ? v.child(*items) : nullptr; name;) {
        const auto* value = v.next(*name);
        if (!value)
            break;
        if (v.equals_ci(*name, "UID"))
            m.id = v.raw(*value);
        else if (v.equals_ci(*name, "RFC822.SIZE"))
            m.size = v.raw(*value);
        else if (v.equals_ci(*name, "INTERNALDATE"))
            m.date = v.text(*value);
        else if (v.equals_ci(*name, "FLAGS"))
            m.flags = flag_set(read_flags(v, *value));
        else if (v.raw(*name).starts_with("BODY["))
            m.octets = v.text(*value);
        name = v.next(*value);
    }
}

void read_opening(party& p, snapshot::place& into, std::uint64_t& count) {
    for (const auto& r : untagged(p)) {
        if (r.kind == response_kind::exists)
            count = r.number;
        const auto* code = r.is_status() ? r.code() : nullptr;
        const auto* name = code ? r.values.child(*code) : nullptr;
        const auto* value = name ? r.values.next(*name) : nullptr;
        if (value && r.values.equals_ci(*name, "UIDVALIDITY"))
            into.validity = number_in(r.values.raw(*value));
        if (value && r.values.equals_ci(*name, "UIDNEXT"))
            into.next = number_in(r.values.raw(*value));
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

script<std::vector<std::string>> list_mailboxes(party& p, const scratch& ours, snapshot& into) {
    std::vector<std::string> out;
    const auto words = list_command(p, ours.name, listed::mailboxes);
    const auto found = co_await p.talk->command(words);
    if (found != success::yes)
        not_observed(p, "LIST");
    for (auto& each : read_list(p, response_kind::list, ours.name))
        if (each.selectable) {
            into.at(ours.role, each.name).delimiter = each.delimiter;
            out.push_back(std::move(each.name));
        }
    co_return out;
}

/// A server that refuses keeps its subscriptions to itself.
script<> list_subscriptions(party& p, const scratch& ours, snapshot& into) {
    const auto words = list_command(p, ours.name, listed::subscriptions);
    const auto found = co_await p.talk->command(words);
    if (found != success::yes) {
        into.subscriptions_refused[ours.role] = p.over.asked + " was answered \"" + quote(p.talk->decisive()) + '"';
        co_return;
    }
    const auto kind = words.starts_with("LSUB") ? response_kind::lsub : response_kind::list;
    for (auto& each : read_list(p, kind, ours.name))
        into.at(ours.role, each.name).subscribed = true;
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
    const auto names = co_await list_mailboxes(p, ours, into);
    co_await list_subscriptions(p, ours, into);
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
    std::set<std::string> known;
    for (const auto& each : was->messages)
        known.insert(each.id);
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
    const auto expunge = p.over.can.has("UIDPLUS") ? "UID EXPUNGE " + set : std::string("EXPUNGE");
    co_await p.talk->command(expunge);
    co_await leave_mailbox(of, p);
}

} // namespace mailspec::run
