#include "harness/run/abandoned.hpp"
#include "harness/run/observer.hpp"
#include "harness/run/opening.hpp"
#include "harness/run/pop3_dialogue.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <utility>

namespace mailspec::run {
namespace {

using wire::protocol;

using success = dialogue::success;
using messages = std::vector<snapshot::message>;

/// More new mails than these are not fetched.
constexpr std::size_t most_mails = 100;

/// "1 120" and the like, each in two.
std::vector<std::pair<std::string, std::string>> read_lines(party& p) {
    auto left = static_cast<pop3_dialogue&>(*p.talk).reply().payload;
    std::vector<std::pair<std::string, std::string>> out;
    while (!left.empty()) {
        const auto end = left.find("\r\n");
        const auto one = left.substr(0, end);
        left.remove_prefix(end == std::string_view::npos ? left.size() : end + 2);
        const auto space = std::min(one.find(' '), one.size());
        out.emplace_back(one.substr(0, space), one.substr(std::min(space + 1, one.size())));
    }
    return out;
}

/// A message and the number by which it can be asked for.
struct numbered {
    std::string number;
    snapshot::message what;
};

script<std::vector<numbered>> list_maildrop(party& p) {
    const auto scanned = co_await p.talk->command("LIST");
    if (scanned != success::yes)
        not_observed(p, "LIST");
    std::vector<numbered> out;
    for (auto& [number, size] : read_lines(p)) {
        snapshot::message m;
        m.id = number;
        m.size = size.substr(0, size.find(' '));
        out.push_back({number, std::move(m)});
    }
    const auto named = co_await p.talk->command("UIDL");
    if (named != success::yes)
        co_return out;
    std::map<std::string, std::string> ids;
    for (auto& [number, id] : read_lines(p))
        ids[number] = id;
    for (auto& each : out)
        if (const auto found = ids.find(each.number); found != ids.end())
            each.what.id = found->second;
    co_return out;
}

void place_them(std::vector<numbered>&& found, std::string_view role, std::string_view name, snapshot& into) {
    auto& place = into.at(role, name);
    place.what = snapshot::place::kind::maildrop;
    place.exists = true;
    place.numbered = std::all_of(found.begin(), found.end(), [](const numbered& n) { return n.number == n.what.id; });
    for (auto& each : found)
        place.messages.push_back(std::move(each.what));
}

/// RETR for what was not there.
script<> fetch_new(party& p, std::vector<numbered>& found, const snapshot::place* was) {
    const auto known = ids_in(was);
    std::size_t fresh = 0;
    for (auto& each : found) {
        if (!was || known.contains(each.what.id) || ++fresh > most_mails)
            continue;
        const auto words = "RETR " + each.number;
        const auto retrieved = co_await p.talk->command(words);
        if (retrieved == success::yes)
            each.what.octets = static_cast<pop3_dialogue&>(*p.talk).reply().payload;
    }
}

/// A session that hung up may hold its lock a moment longer: tries until the operation timeout is over.
script<party*> open_when_free(play& of, std::string_view role) {
    const auto until = of.on.now() + of.on.timeout();
    for (;;) {
        std::optional<abandoned> why;
        try {
            co_return co_await open_helper(of, protocol::pop3, role, "observer");
        } catch (const abandoned& a) {
            why = a;
        }
        auto& refused = *of.parties.back();
        if (!refused.over.open || of.on.now() >= until)
            throw *why;
        co_await of.on.listen(refused.over, std::chrono::milliseconds(50));
        co_await say_goodbye(of, refused);
    }
}

} // namespace

script<> look_at_maildrop(play& of, party& p, const snapshot* before, snapshot& into) {
    const bool holds = p.over.open && p.over.logged_in && !p.over.exchange_open;
    auto& asked = holds ? p : *co_await open_when_free(of, p.over.role);
    auto found = co_await list_maildrop(asked);
    if (!holds)
        co_await fetch_new(asked, found, before ? before->find(p.over.role, "maildrop") : nullptr);
    place_them(std::move(found), p.over.role, "maildrop", into);
    if (!holds)
        co_await say_goodbye(of, asked);
}

script<> look_at_post(play& of, std::string_view role, const snapshot* before, snapshot& into) {
    auto& p = *co_await open_when_free(of, role);
    auto found = co_await list_maildrop(p);
    co_await fetch_new(p, found, before ? before->find(role, "INBOX") : nullptr);
    place_them(std::move(found), role, "INBOX", into);
    co_await say_goodbye(of, p);
}

script<> remove_by_pop3(play& of, std::string_view role, const std::vector<std::string>& ids) {
    auto& p = *co_await open_when_free(of, role);
    const auto found = co_await list_maildrop(p);
    for (const auto& each : found)
        if (std::find(ids.begin(), ids.end(), each.what.id) != ids.end()) {
            const auto words = "DELE " + each.number;
            co_await p.talk->command(words);
        }
    co_await say_goodbye(of, p);
}

} // namespace mailspec::run
