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

constexpr std::string_view canary_field = "X-Mailspec-Canary: ";

enum class sender { harness, block, somebody_else, nobody };

bool is_one_of(const snapshot::message& m, const std::vector<std::string>& sent) {
    return std::any_of(sent.begin(), sent.end(),
                       [&](const std::string& s) { return differs_from_sent(m.octets, s).empty(); });
}

/// A canary that is not the present one is late, or of another scenario.
sender sender_of(const play& of, const snapshot::message& m, const canary* c, const sent_mail& sent) {
    if (bears(m, canary_field))
        return c && bears(m, c->mark) ? sender::harness : sender::somebody_else;
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

/// How many messages are declared to come to a place, and to go from it.
struct traffic {
    std::size_t come = 0, go = 0;
};

traffic declared_at(const snapshot::place& p, std::span<const declared> changes) {
    using kind = declared::kind;
    traffic out;
    for (const auto& d : changes) {
        out.come += d.brings(p.role, p.name) ? d.times : 0;
        const bool goes = d.what == kind::message_removed || d.what == kind::message_moved;
        out.go += goes && d.role == p.role && d.mailbox == p.name ? 1 : 0;
    }
    return out;
}

/// The new messages of a place, as indices; by number where there is nothing else.
std::vector<std::size_t> new_in(const snapshot::place& is, const snapshot::place& was, std::size_t gone) {
    const auto known = ids_in(&was);
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < is.messages.size(); ++i)
        if (is.numbered ? i + gone >= was.messages.size() : !known.contains(is.messages[i].id))
            out.push_back(i);
    return out;
}

} // namespace

script<canary> send_canary(play& of, const watch& at) {
    const auto& like = at.mailer->over;
    auto& p = of.add(like.door, like.role, "canary");
    canary out{std::string(canary_field) + of.how.token + '-' + std::to_string(p.over.number) + "\r\n", &p};
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
            const auto by = known.contains(m.id) ? sender::block : sender_of(of, m, &c, sent);
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

strays drop_strays(const play& of, snapshot& seen, const snapshot& before, std::span<const declared> changes,
                   const sent_mail& sent) {
    strays out;
    for (auto& place : seen.places) {
        const auto* was = before.find(place.role, place.name);
        if (place.what == snapshot::place::kind::mailbox || !was || was->validity != place.validity)
            continue;
        const auto moves = declared_at(place, changes);
        const auto fresh = new_in(place, *was, moves.go);
        std::vector<std::size_t> others, unknown;
        for (const auto i : fresh) {
            const auto by = sender_of(of, place.messages[i], nullptr, sent);
            if (by != sender::block)
                (by == sender::nobody ? unknown : others).push_back(i);
        }
        const auto known_others = others.size();
        others.insert(others.end(), unknown.rbegin(), unknown.rend());
        others.resize(std::min(others.size(), fresh.size() - std::min(fresh.size(), moves.come)));
        const auto dropped = others.size() - std::min(others.size(), known_others);
        out.unknown += dropped;
        out.mixed |= dropped > 0 && dropped < unknown.size();
        if (!others.empty())
            place.next = 0; // what is foreign uses UIDs, too
        std::sort(others.rbegin(), others.rend());
        for (const auto i : others)
            place.messages.erase(place.messages.begin() + static_cast<std::ptrdiff_t>(i));
    }
    return out;
}

} // namespace mailspec::run
