#include "harness/run/observer.hpp"

#include "harness/run/abandoned.hpp"
#include "harness/run/imap_dialogue.hpp"
#include "harness/run/opening.hpp"
#include "harness/run/pop3_dialogue.hpp"

#include <algorithm>
#include <utility>

namespace mailspec::run {
namespace {

using wire::protocol;

using success = dialogue::success;
using seen = std::vector<seen_message>;

[[noreturn]] void failed(const party& p, std::string_view what) {
    throw abandoned{verdict::outcome::inconclusive, "the state could not be observed: " + p.over.show() + " refused " +
                                                        std::string(what) + ": \"" + quote(p.talk->decisive()) + "\""};
}

std::string lower(std::string s) {
    for (auto& c : s)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return s;
}

void tidy(std::vector<std::string>& flags) {
    std::erase(flags, "\\recent");
    std::sort(flags.begin(), flags.end());
    flags.erase(std::unique(flags.begin(), flags.end()), flags.end());
}

seen_message read_fetch(const wire::imap::response& r) {
    seen_message m;
    const auto& v = r.values;
    const auto* items = v.child(v.root());
    for (const auto* name = items ? v.child(*items) : nullptr; name;) {
        const auto* value = v.next(*name);
        if (!value)
            break;
        if (v.equals_ci(*name, "UID"))
            m.id = v.raw(*value);
        if (v.equals_ci(*name, "FLAGS"))
            for (const auto* flag = v.child(*value); flag; flag = v.next(*flag))
                m.flags.push_back(lower(v.text(*flag)));
        name = v.next(*value);
    }
    tidy(m.flags);
    return m;
}

script<party*> find_helper(play& of, protocol wanted, std::string_view role) {
    for (const auto& each : of.parties)
        if (!each->plays && each->over.open && each->over.name == "observer" && each->over.role == role &&
            each->over.door.protocol == wanted)
            co_return each.get();
    co_return co_await open_helper(of, wanted, role, "observer");
}

script<seen> look_by_imap(play& of, std::string_view role, std::string mailbox) {
    auto& p = *co_await find_helper(of, protocol::imap, role);
    const auto words = "EXAMINE " + mailbox;
    const auto examined = co_await p.talk->command(words);
    if (examined != success::yes)
        failed(p, "EXAMINE");
    auto& talk = static_cast<imap_dialogue&>(*p.talk);
    std::uint32_t count = 0;
    for (const auto& r : talk.untagged())
        if (r.kind == wire::imap::response_kind::exists)
            count = r.number;
    std::vector<std::pair<std::uint32_t, seen_message>> numbered;
    if (count > 0) {
        const auto fetched = co_await p.talk->command("UID FETCH 1:* (UID FLAGS)");
        if (fetched != success::yes)
            failed(p, "UID FETCH");
        for (const auto& r : talk.untagged())
            if (r.kind == wire::imap::response_kind::fetch)
                numbered.emplace_back(r.number, read_fetch(r));
    }
    std::stable_sort(numbered.begin(), numbered.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    seen out;
    for (auto& [number, m] : numbered)
        out.push_back(std::move(m));
    co_return out;
}

/// The ids of UIDL; where the server has none, number and size of LIST, which DELE leaves as they are.
script<seen> look_by_pop3(party& p) {
    auto how = co_await p.talk->command("UIDL");
    if (how != success::yes)
        how = co_await p.talk->command("LIST");
    if (how != success::yes)
        failed(p, "LIST");
    auto left = static_cast<pop3_dialogue&>(*p.talk).reply().payload;
    seen out;
    while (!left.empty()) {
        const auto end = left.find("\r\n");
        auto one = left.substr(0, end);
        left.remove_prefix(end == std::string_view::npos ? left.size() : end + 2);
        const auto space = one.find(' ');
        seen_message m;
        m.id = space == std::string_view::npos ? one : one.substr(space + 1);
        out.push_back(std::move(m));
    }
    co_return out;
}

/// A maildrop has one user at a time: while the session holds it, it is asked itself; LIST and UIDL change nothing.
script<seen> look_at_maildrop(play& of, party& p) {
    if (p.over.open && p.over.logged_in && !p.over.exchange_open) {
        auto own = co_await look_by_pop3(p);
        co_return own;
    }
    auto& helper = *co_await open_helper(of, protocol::pop3, p.over.role, "observer");
    auto out = co_await look_by_pop3(helper);
    co_await say_goodbye(of, helper);
    co_return out;
}

} // namespace

script<seen> look(play& of, party& p) {
    if (p.over.door.protocol == protocol::pop3)
        co_return co_await look_at_maildrop(of, p);
    if (!p.mailbox.empty())
        co_return co_await look_by_imap(of, p.over.role, p.mailbox);
    if (of.against.has(protocol::imap))
        co_return co_await look_by_imap(of, p.over.role, "INBOX");
    auto& helper = *co_await open_helper(of, protocol::pop3, p.over.role, "observer");
    auto out = co_await look_by_pop3(helper);
    co_await say_goodbye(of, helper);
    co_return out;
}

std::vector<std::string> flag_set(std::string_view flags) {
    std::vector<std::string> out;
    while (!flags.empty()) {
        const auto end = std::min(flags.find(' '), flags.size());
        if (end > 0)
            out.push_back(lower(std::string(flags.substr(0, end))));
        flags.remove_prefix(std::min(end + 1, flags.size()));
    }
    tidy(out);
    return out;
}

} // namespace mailspec::run
