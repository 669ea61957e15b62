#include "harness/run/abandoned.hpp"
#include "harness/run/delivery.hpp"
#include "harness/run/imap_dialogue.hpp"
#include "harness/run/opening.hpp"
#include "harness/run/setup.hpp"

#include <algorithm>

namespace mailspec::run {
namespace {

using success = dialogue::success;

/// How many messages the mailbox that was just selected holds; what EXISTS said last.
std::uint32_t count_of(party& p) {
    std::uint32_t count = 0;
    for (const auto& r : static_cast<imap_dialogue&>(*p.talk).untagged())
        if (r.kind == wire::imap::response_kind::exists)
            count = r.number;
    return count;
}

[[noreturn]] void failed(const party& p, std::string_view what) {
    throw abandoned{verdict::outcome::inconclusive, p.over.show() + " refused " + std::string(what) +
                                                        " while the maildrop was prepared: \"" +
                                                        quote(p.talk->decisive()) + "\""};
}

script<> fill_by_imap(play& of, std::string_view role, const std::vector<scenario::message>& messages) {
    auto& p = *co_await open_helper(of, wire::protocol::imap, role, "maildrop");
    const auto selected = co_await p.talk->command("SELECT INBOX");
    if (selected != success::yes)
        failed(p, "SELECT INBOX");
    if (count_of(p) > 0) {
        const auto stored = co_await p.talk->command("STORE 1:* +FLAGS.SILENT (\\Deleted)");
        if (stored != success::yes)
            failed(p, "STORE");
        const auto expunged = co_await p.talk->command("EXPUNGE");
        if (expunged != success::yes)
            failed(p, "EXPUNGE");
    }
    for (const auto& each : messages)
        co_await append_message(p, "INBOX", each);
    co_await say_goodbye(of, p);
}

/// Larger maildrops are not deleted message by message.
constexpr std::uint32_t most_messages = 10000;

/// Gives at most one more than most_messages.
std::uint32_t count_in_stat(std::string_view said) {
    std::uint32_t count = 0;
    said.remove_prefix(std::min<std::size_t>(said.size(), 4)); // "+OK "
    for (const char c : said) {
        if (c < '0' || c > '9' || count > most_messages)
            break;
        count = count * 10 + static_cast<std::uint32_t>(c - '0');
    }
    return std::min(count, most_messages + 1);
}

script<std::uint32_t> count_by_pop3(party& p) {
    const auto how = co_await p.talk->command("STAT");
    if (how != success::yes)
        failed(p, "STAT");
    const auto count = count_in_stat(p.talk->decisive());
    if (count > most_messages)
        throw abandoned{verdict::outcome::inconclusive, p.over.show() + " answered STAT with \"" +
                                                            quote(p.talk->decisive()) +
                                                            "\" while the maildrop was prepared; one of more than " +
                                                            std::to_string(most_messages) + " messages is not emptied"};
    co_return count;
}

script<> empty_by_pop3(play& of, std::string_view role) {
    auto& p = *co_await open_helper(of, wire::protocol::pop3, role, "maildrop");
    const auto count = co_await count_by_pop3(p);
    for (std::uint32_t i = 1; i <= count; ++i) {
        const auto words = "DELE " + std::to_string(i);
        const auto deleted = co_await p.talk->command(words);
        if (deleted != success::yes)
            failed(p, "DELE");
    }
    co_await say_goodbye(of, p);
}

script<> await_count(play& of, std::string_view role, std::size_t wanted) {
    const auto until = of.on.now() + of.on.timeout();
    std::uint32_t count = 0;
    for (;;) {
        auto& p = *co_await open_helper(of, wire::protocol::pop3, role, "maildrop");
        count = co_await count_by_pop3(p);
        if (count == wanted || of.on.now() >= until) {
            co_await say_goodbye(of, p);
            break;
        }
        co_await of.on.listen(p.over, std::chrono::milliseconds(50));
        co_await say_goodbye(of, p);
    }
    if (count != wanted)
        throw abandoned{verdict::outcome::inconclusive,
                        "of " + std::to_string(wanted) + " messages delivered for " + std::string(role) + ", " +
                            std::to_string(count) + " were in the maildrop after " + show_time(of.on.timeout())};
}

/// Without IMAP the messages come by delivery, which adds header fields: what lies there is not what was given.
script<> fill_by_delivery(play& of, std::string_view role, const std::vector<scenario::message>& messages) {
    co_await empty_by_pop3(of, role);
    if (messages.empty())
        co_return;
    const auto by = of.against.has(wire::protocol::lmtp) ? wire::protocol::lmtp : wire::protocol::smtp;
    scenario::session session;
    session.protocol = by;
    std::string why;
    const auto door = choose_door(session, of.against, why);
    if (!door)
        throw abandoned{verdict::outcome::unsupported,
                        "the target has neither an IMAP, LMTP nor SMTP endpoint to fill the maildrop by"};
    auto& p = of.add(*door, role, "delivery");
    co_await open_connection(of, p, starttls_time::at_once);
    co_await say_hello(p);
    const auto* path = of.bound.find(p.over.role + ".path");
    for (const auto& each : messages) {
        const own_mail mail{"<>", path ? *path : "<>", each.octets, "while the maildrop was prepared"};
        co_await hand_over(p, mail);
    }
    co_await say_goodbye(of, p);
    co_await await_count(of, role, messages.size());
}

} // namespace

script<> fill_maildrop(play& of, std::string_view role, const std::vector<scenario::message>& messages) {
    const auto* who = of.against.plays(role);
    if (who && who->inbox != disposal::disposable)
        throw abandoned{verdict::outcome::unsupported, "the maildrop of " + who->user + " is not to be emptied"};
    if (of.against.has(wire::protocol::imap))
        co_await fill_by_imap(of, role, messages);
    else
        co_await fill_by_delivery(of, role, messages);
    if (who)
        of.on.maildrops().forget(who->user);
}

} // namespace mailspec::run
