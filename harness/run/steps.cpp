#include "harness/run/steps.hpp"

#include "harness/rfc/catalogue.hpp"
#include "harness/run/abandoned.hpp"
#include "harness/run/asking.hpp"
#include "harness/run/hold_back.hpp"
#include "harness/run/opening.hpp"
#include "harness/run/refusal.hpp"
#include "harness/run/setup.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace mailspec::run {
namespace {

using std::chrono::milliseconds;

/// One side of a check. What a function does not find in what came is a miss.
std::string expand(play& of, const match::text& text, const scenario::step& at, const scenario::check& c) {
    match::outgoing out;
    if (const auto why = text.expand(of.bound, out))
        miss_step(*of.parties[at.session], at, c.source, {}, *why);
    return std::move(out.octets);
}

std::optional<std::uint64_t> number(std::string_view s) {
    std::uint64_t n = 0;
    const auto [end, failed] = std::from_chars(s.data(), s.data() + s.size(), n);
    if (failed != std::errc() || end != s.data() + s.size())
        return std::nullopt;
    return n;
}

template <typename T> bool holds(const T& left, enum scenario::check::relation r, const T& right) {
    using relation = enum scenario::check::relation;
    switch (r) {
    case relation::equal: return left == right;
    case relation::unequal: return left != right;
    case relation::less: return left < right;
    case relation::less_equal: return left <= right;
    case relation::greater: return left > right;
    case relation::greater_equal: return left >= right;
    }
    return false;
}

void do_check(play& of, const scenario::step& at, const scenario::check& c) {
    const auto left = expand(of, c.left, at, c);
    const auto right = expand(of, c.right, at, c);
    const auto left_number = number(left), right_number = number(right);
    const bool numbers = left_number && right_number;
    const bool held = numbers ? holds(*left_number, c.relation, *right_number) : holds(left, c.relation, right);
    if (held)
        return;
    auto why = "it is " + quote(left, 60) + " on the left and " + quote(right, 60) + " on the right";
    if (!numbers && left.size() + right.size() > 80) {
        const auto differs = std::mismatch(left.begin(), left.end(), right.begin(), right.end()).first;
        why = "they differ from octet " + std::to_string(differs - left.begin()) +
              " on: " + std::to_string(left.size()) + " octets on the left, " + std::to_string(right.size()) +
              " on the right";
    }
    miss_step(*of.parties[at.session], at, c.source, {}, std::move(why));
}

script<> do_condition(play& of, const scenario::step& at, const scenario::condition& c) {
    const auto wish = read_wish(c.can);
    auto* p = of.parties[at.session].get();
    for (std::size_t i = 0; i < of.what.sessions.size() && !wish.protocol.empty(); ++i)
        if (to_string(of.what.sessions[i].protocol) == wish.protocol) {
            p = of.parties[i].get();
            break;
        }
    const bool can = co_await announces(of, *p, wish.name);
    if (can != (c.negated != wish.negated))
        co_await do_steps(of, c.then);
}

/// What goes out in the clear behind the command.
std::string behind_start_tls(play& of, party& p, const scenario::start_tls& s) {
    match::outgoing out;
    for (const auto& each : s.behind) {
        of.expand(std::get<scenario::command>(each.what).text, each.where, out);
        hold_back(of, p, each, out.octets, exchange::form::raw);
    }
    return std::move(out.octets);
}

/// Taken for the handshake, the octets behind the command spoil it.
bool spoilt_handshake(const play& of, const party& p) {
    const auto why = of.on.last_trouble();
    return !p.over.open && (why == trouble::closed || why == trouble::reset || why == trouble::tls_handshake ||
                            why == trouble::tls_version);
}

/// A server that has no TLS of today breaks no rule of STARTTLS, only the one that says so; and whoever refuses
/// STARTTLS does not break that one.
bool proves_version(const scenario::step& at) {
    return at.proves == &rfc::req::tls_version || at.proves == &rfc::req::imap_tls_version;
}

script<> do_start_tls(play& of, const scenario::step& at, const scenario::start_tls& s) {
    auto& p = party_of(of, at);
    p.tls_due = false;
    const auto behind = behind_start_tls(of, p, s);
    auto how = dialogue::success::no;
    try {
        how = co_await start_tls(of, p, behind);
    } catch (const abandoned& a) {
        if (behind.empty() && proves_version(at) && of.on.last_trouble() == trouble::tls_version)
            miss_step(p, at, "TLS of version 1.2 or later", {}, a.reason);
        if (behind.empty() || !spoilt_handshake(of, p))
            throw;
        co_return;
    }
    if (how == dialogue::success::yes) {
        co_await do_steps(of, s.body);
        co_return;
    }
    auto blamed = at;
    if (refused_rightly(of, p, "2xx"))
        blamed.proves = &scenario::no_breach;
    else if (!behind.empty() || proves_version(at))
        blamed.proves = &scenario::no_evidence;
    miss_step(p, blamed, "STARTTLS succeeds", std::string(p.talk->decisive()), "it was refused");
}

script<> do_connect(play& of, const scenario::step& at) {
    auto& p = *of.parties[at.session];
    if (p.over.open)
        co_await of.on.close(p.over);
    co_await open_connection(of, p, starttls_time::before_first_command);
    bind_greeting(of, p, at.session);
}

/// What came and was not yet looked at, shown and let go.
std::string take_leftovers(play& of, party& p) {
    p.talk->gather();
    auto& l = p.over;
    std::string came(l.in.from(l.framed));
    if (!came.empty())
        of.on.show_received(l, came);
    l.framed = l.in.end();
    return came;
}

script<> do_hangup(play& of, const scenario::step& at, const scenario::hangup& h) {
    auto& p = *of.parties[at.session];
    if (!p.over.open)
        co_return;
    const auto until = of.on.now() + h.within;
    for (;;) {
        const auto left = std::max(std::chrono::ceil<milliseconds>(until - of.on.now()), milliseconds(1));
        const auto& e = co_await of.on.listen(p.over, left);
        const auto why = e.why;
        mind_interruption(e);
        p.talk->gather();
        if (why == trouble::closed || why == trouble::reset) {
            take_leftovers(of, p);
            p.talk->note_closed();
            co_await of.on.close(p.over);
            co_return;
        }
        if (why != trouble::none || of.on.now() >= until)
            miss_step(p, at, "the server closes the connection within " + show_time(h.within), {}, "it is still open");
    }
}

script<> do_quiet(play& of, const scenario::step& at, const scenario::quiet& q) {
    auto& p = party_of(of, at);
    p.talk->release();
    auto why = trouble::none;
    if (p.over.in.end() == p.over.framed) {
        const auto& e = co_await of.on.listen(p.over, q.span);
        why = e.why;
        mind_interruption(e);
    }
    if (why == trouble::timed_out)
        co_return;
    const auto expected = "the server says nothing for " + show_time(q.span);
    if (why != trouble::none)
        miss_step(p, at, expected, {}, "it closed the connection");
    std::string came(p.over.in.from(p.over.framed));
    take_leftovers(of, p);
    miss_step(p, at, expected, std::move(came), "it did");
}

script<> do_repeat(play& of, const scenario::repeat& r) {
    for (std::uint32_t i = 0; i < r.times; ++i)
        co_await do_steps(of, r.body);
}

void check_greeting(play& of, const scenario::step& at, const scenario::greeting_check& g) {
    judge_answer(of, *of.parties[at.session], g.expected, at);
}

} // namespace

script<> do_steps(play& of, const scenario::block& steps) {
    for (const auto& step : steps) {
        if (auto* command = std::get_if<scenario::command>(&step.what))
            co_await do_command(of, step, *command);
        else if (auto* together = std::get_if<scenario::pipeline>(&step.what))
            co_await do_pipeline(of, *together);
        else if (auto* poll = std::get_if<scenario::poll>(&step.what))
            co_await do_poll(of, step, *poll);
        else if (auto* condition = std::get_if<scenario::condition>(&step.what))
            co_await do_condition(of, step, *condition);
        else if (auto* repeat = std::get_if<scenario::repeat>(&step.what))
            co_await do_repeat(of, *repeat);
        else if (auto* check = std::get_if<scenario::check>(&step.what))
            do_check(of, step, *check);
        else if (auto* secured = std::get_if<scenario::start_tls>(&step.what))
            co_await do_start_tls(of, step, *secured);
        else if (std::holds_alternative<scenario::connect_again>(step.what))
            co_await do_connect(of, step);
        else if (std::holds_alternative<scenario::close_connection>(step.what))
            co_await of.on.close(of.parties[step.session]->over);
        else if (auto* hangup = std::get_if<scenario::hangup>(&step.what))
            co_await do_hangup(of, step, *hangup);
        else if (auto* quiet = std::get_if<scenario::quiet>(&step.what))
            co_await do_quiet(of, step, *quiet);
        else if (auto* effect = std::get_if<scenario::effect>(&step.what))
            co_await do_effect(of, step, *effect);
        else if (auto* asked = std::get_if<scenario::outcomes>(&step.what))
            co_await do_outcomes(of, step, *asked);
        else if (auto* greeting = std::get_if<scenario::greeting_check>(&step.what))
            check_greeting(of, step, *greeting);
    }
}

} // namespace mailspec::run
