#include "harness/run/abandoned.hpp"
#include "harness/run/asking.hpp"
#include "harness/run/hiding.hpp"
#include "harness/run/hold_back.hpp"
#include "harness/run/opening.hpp"
#include "harness/run/refusal.hpp"
#include "harness/run/smtp_dialogue.hpp"
#include "harness/run/steps.hpp"
#include "harness/run/told.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace mailspec::run {
namespace {

exchange::form form_of(enum scenario::command::form f) {
    using wanted = enum scenario::command::form;
    switch (f) {
    case wanted::line: return exchange::form::line;
    case wanted::data: return exchange::form::data;
    case wanted::raw: return exchange::form::raw;
    }
    return exchange::form::line;
}

/// Appends the command to what goes out.
exchange prepare(play& of, party& p, const scenario::step& at, const scenario::command& c, match::outgoing& out) {
    exchange x;
    x.how = form_of(c.form);
    p.talk->begin(x, out);
    const auto begun = out.octets.size();
    of.expand(c.text, at.where, out);
    hold_back(of, p, at, std::string_view(out.octets).substr(begun), x.how);
    if (p.over.exchange_open)
        x.asked = p.over.asked;
    else if (x.how == exchange::form::line)
        name_command(std::string_view(out.octets).substr(begun), x.asked);
    else
        x.asked = x.how == exchange::form::data ? "the message" : "what was sent";
    p.talk->end(x, begun, out);
    return x;
}

/// LMTP answers a message once for each recipient: the n-th completion expected is for the n-th reply.
match::expectations nth_of(const match::expectations& wanted, std::uint32_t n, std::uint32_t replies) {
    const auto completes = [](const match::expectation& e) {
        return e.what == match::expectation::kind::must && e.shape.describes() == match::pattern::role::completion;
    };
    const auto count = std::count_if(wanted.all.begin(), wanted.all.end(), completes);
    if (std::cmp_not_equal(count, replies))
        return wanted;
    match::expectations one;
    one.order = wanted.order;
    one.extra = wanted.extra;
    std::uint32_t seen = 0;
    for (const auto& each : wanted.all)
        if (!completes(each) || seen++ == n)
            one.all.push_back(each);
    return one;
}

/// LMTP's answer to a message: a reply for each recipient, each judged.
script<> hear_each(play& of, party& p, const scenario::command& c, exchange& x, const scenario::step& at) {
    auto& talk = static_cast<smtp_dialogue&>(*p.talk);
    for (std::uint32_t n = 0; n < x.replies; ++n) {
        if (n == 0)
            co_await talk.hear(x);
        else
            co_await talk.hear_another(x);
        auto one = c.expected;
        one.wanted = nth_of(c.expected.wanted, n, x.replies);
        judge_answer(of, p, one, at);
    }
}

std::vector<match::miss> judge_one(play& of, party& p, const match::expectations& wanted) {
    auto* talk = p.talk.get();
    return match::judge(wanted, talk->answer(), of.bound, [talk](std::uint32_t n) { return talk->number_now(n); });
}

[[noreturn]] void miss_all(play& of, const party& p, std::vector<match::miss> misses, const scenario::step& at) {
    missed m;
    for (auto& each : misses) {
        missed::one one;
        one.what.line = each.line != 0 ? each.line : at.where.line;
        one.what.broken = each.proves ? each.proves : at.proves;
        one.transcript = of.on.transcript().find(each.came);
        one.what.said_by_server = std::move(each.came);
        if (refused_rightly(of, p, each.expected)) {
            one.what.broken = &scenario::no_breach;
            one.what.said_by_server = p.talk->decisive();
        }
        one.what.expected = std::move(each.expected);
        one.what.said_by_us = std::move(each.why);
        m.all.push_back(std::move(one));
    }
    throw m;
}

} // namespace

void miss_step(const party& p, const scenario::step& at, std::string expected, std::string came, std::string why) {
    missed::one one;
    one.what.broken = at.proves;
    one.what.line = at.where.line;
    one.what.expected = std::move(expected);
    one.what.said_by_server = std::move(came);
    one.what.said_by_us = std::move(why);
    one.transcript = p.over.shown;
    missed m;
    m.all.push_back(std::move(one));
    throw m;
}

void judge_answer(play& of, party& p, const scenario::answer& expected, const scenario::step& at) {
    using choice = enum scenario::answer::choice;
    if (of.acting.who == &p)
        of.acting.hears->hear(p.talk->answer());
    if (expected.choice == choice::none) {
        auto misses = judge_one(of, p, expected.wanted);
        if (!misses.empty())
            miss_all(of, p, std::move(misses), at);
        return;
    }
    std::vector<match::miss> all;
    for (std::size_t rank = 0; rank < expected.alternatives.size(); ++rank) {
        const auto& each = expected.alternatives[rank];
        auto misses = judge_one(of, p, each.wanted);
        if (!misses.empty()) {
            std::move(misses.begin(), misses.end(), std::back_inserter(all));
            continue;
        }
        if (expected.choice == choice::outcomes)
            take_answer(of, p, expected.asks, {each.answer, each.violates, each.where, rank});
        for (const auto& name : each.forgets)
            of.bound.forget(name);
        return;
    }
    miss_all(of, p, std::move(all), at);
}

party& party_of(play& of, const scenario::step& at) {
    auto& p = *of.parties[at.session];
    if (!p.over.open)
        throw abandoned{
            verdict::outcome::inconclusive,
            p.over.show() + " had closed the connection before line " + std::to_string(at.where.line) +
                " of the scenario" +
                (p.over.last_words.empty() ? std::string() : "; it had said \"" + quote(p.over.last_words) + "\"")};
    return p;
}

script<> do_command(play& of, const scenario::step& at, const scenario::command& c) {
    auto& p = party_of(of, at);
    if (p.tls_due)
        co_await settle_tls(of, p);
    p.talk->release();
    of.out.octets.clear();
    of.out.waits.clear();
    auto x = prepare(of, p, at, c, of.out);
    p.over.asked = x.asked;
    {
        std::optional<hiding> hidden;
        if (c.text.proves_password())
            hidden.emplace(of.on);
        co_await p.talk->say(x, of.out);
    }
    if (!c.awaits_answer)
        co_return;
    if (x.replies > 1) {
        co_await hear_each(of, p, c, x, at);
        co_return;
    }
    co_await p.talk->hear(x);
    judge_answer(of, p, c.expected, at);
    const bool asks_for_tls = is_command(x.asked, "STARTTLS") || is_command(x.asked, "STLS");
    p.over.handshake_due = p.over.handshake_due || (asks_for_tls && p.talk->succeeded() == dialogue::success::yes);
}

namespace {

struct pending {
    const scenario::step* at;
    exchange x;

    const scenario::command& command() const { return std::get<scenario::command>(at->what); }
};

/// Says in one write as many of the commands from `next` on as go to the same session; one with a synchronising
/// literal goes alone.
script<> say_together(play& of, const scenario::block& steps, std::size_t& next, std::vector<pending>& asked) {
    auto& p = party_of(of, steps[next]);
    if (p.tls_due)
        co_await settle_tls(of, p);
    p.talk->release();
    of.out.octets.clear();
    of.out.waits.clear();
    const auto first = next, before_any = asked.size();
    bool secret = false;
    while (next < steps.size() && steps[next].session == steps[first].session && of.out.waits.empty()) {
        const auto& c = std::get<scenario::command>(steps[next].what);
        const auto before = of.out.octets.size();
        auto x = prepare(of, p, steps[next], c, of.out);
        if (!of.out.waits.empty() && asked.size() > before_any) {
            of.out.octets.resize(before);
            of.out.waits.clear();
            break;
        }
        secret = secret || c.text.proves_password();
        asked.push_back({&steps[next], std::move(x)});
        ++next;
    }
    p.over.asked = asked[before_any].x.asked;
    std::optional<hiding> hidden;
    if (secret)
        hidden.emplace(of.on);
    co_await p.talk->say(asked.back().x, of.out);
}

script<> hear_all(play& of, std::vector<pending>& asked) {
    for (auto& each : asked) {
        auto& p = *of.parties[each.at->session];
        if (each.x.now != exchange::state::answered)
            p.talk->release();
        if (!each.command().awaits_answer)
            continue;
        p.over.asked = each.x.asked;
        if (each.x.replies > 1) {
            co_await hear_each(of, p, each.command(), each.x, *each.at);
            continue;
        }
        co_await p.talk->hear(each.x);
        judge_answer(of, p, each.command().expected, *each.at);
    }
    asked.clear();
}

} // namespace

/// To one session: what goes in one write is answered before the next. To several: all is said before any answer is
/// read.
script<> do_pipeline(play& of, const scenario::pipeline& together) {
    std::vector<pending> asked;
    const auto& steps = together.commands;
    const bool several = std::any_of(steps.begin(), steps.end(),
                                     [&](const auto& each) { return each.session != steps.front().session; });
    for (std::size_t next = 0; next < steps.size();) {
        co_await say_together(of, steps, next, asked);
        if (!several)
            co_await hear_all(of, asked);
    }
    co_await hear_all(of, asked);
}

} // namespace mailspec::run
