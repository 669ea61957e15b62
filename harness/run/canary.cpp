#include "harness/run/canary.hpp"

#include "harness/run/arrivals.hpp"
#include "harness/run/delivery.hpp"
#include "harness/run/login.hpp"
#include "harness/run/opening.hpp"

#include <algorithm>
#include <utility>

namespace mailspec::run {
namespace {

std::string path_of(const play& of, const std::string& role) {
    const auto* path = of.bound.find(role + ".path");
    return path ? *path : std::string("<>");
}

bool bears(const snapshot::message& m, std::string_view word) { return m.octets.find(word) != std::string::npos; }

enum class sender { harness, block, somebody_else, nobody };

bool is_one_of(const snapshot::message& m, const std::vector<std::string>& sent) {
    return std::any_of(sent.begin(), sent.end(),
                       [&](const std::string& s) { return differs_from_sent(m.octets, s).empty(); });
}

sender sender_of(const play& of, const snapshot::message& m, const canary& c, const sent_mail& sent) {
    if (bears(m, c.mark))
        return sender::harness;
    if (is_one_of(m, sent.now))
        return sender::block;
    if (is_one_of(m, sent.elsewhere))
        return sender::somebody_else;
    if (bears(m, of.how.token))
        return sender::block;
    const std::string_view token = of.how.token;
    const auto of_run = token.substr(0, token.rfind('-') + 1);
    return !of_run.empty() && bears(m, of_run) ? sender::somebody_else : sender::nobody;
}

} // namespace

script<canary> send_canary(play& of, const watch& at) {
    const auto& like = at.mailer->over;
    auto& p = of.add(like.door, like.role, "canary");
    canary out{"X-Mailspec-Canary: " + of.how.token + '-' + std::to_string(p.over.number) + "\r\n", &p};
    co_await open_connection(of, p, starttls_time::at_once);
    if (!p.greeted)
        co_await say_hello(p);
    const bool submits = like.door.protocol == wire::protocol::submission;
    if (submits || like.logged_in)
        co_await log_in(of, p);
    for (const auto& role : at.receivers) {
        const auto* address = of.bound.find(role + ".address");
        const auto octets = out.mark + "From: " + (address ? *address : role) +
                            "\r\nTo: " + (address ? *address : role) +
                            "\r\nSubject: mailspec canary\r\n\r\nWhat was sent before this mail has arrived by "
                            "now, or is late.\r\n";
        const own_mail mail{submits ? path_of(of, like.role) : "<>", path_of(of, role), octets,
                            "of the harness that is to follow what the scenario sent"};
        co_await hand_over(p, mail);
    }
    co_return out;
}

post sort_post(const play& of, const watch& at, snapshot seen, const snapshot& before, const canary& c,
               const sent_mail& sent) {
    post out;
    for (auto& place : seen.places) {
        if (place.name != "INBOX" || !at.receivers.contains(place.role))
            continue;
        place.next = 0; // what is foreign uses UIDs, too
        const auto known = ids_in(before.find(place.role, place.name));
        std::vector<snapshot::message> kept;
        for (auto& m : place.messages) {
            const auto by = known.contains(m.id) ? sender::block : sender_of(of, m, c, sent);
            if (by == sender::harness)
                out.canaries.insert(place.role);
            if (!known.contains(m.id) && (by == sender::harness || by == sender::block))
                out.own[place.role].push_back(m.id);
            if (by == sender::nobody)
                ++out.unknown;
            if (by == sender::block)
                kept.push_back(std::move(m));
        }
        place.messages = std::move(kept);
    }
    out.judged = std::move(seen);
    return out;
}

} // namespace mailspec::run
