#include "harness/run/abandoned.hpp"
#include "harness/run/asking.hpp"
#include "harness/run/steps.hpp"

#include <algorithm>
#include <optional>

namespace mailspec::run {
namespace {

using std::chrono::milliseconds;

/// Between two tries the poll listens: what the server says meanwhile ends the wait at once.
constexpr milliseconds first_pause{5}, longest_pause{200};

milliseconds left_until(const play& of, std::chrono::microseconds until) {
    return std::max(std::chrono::ceil<milliseconds>(until - of.on.now()), milliseconds(1));
}

/// Judges once; gives what was amiss.
std::optional<missed> judge_once(play& of, party& p, const scenario::answer& expected, const scenario::step& at) {
    attempt tried(of);
    try {
        judge_answer(of, p, expected, at);
        return std::nullopt;
    } catch (const missed& m) {
        tried.undo();
        return m;
    }
}

/// Waits for what comes unasked until it is what is wanted.
script<> await_unasked(play& of, const scenario::step& at, const scenario::poll& poll) {
    auto& p = party_of(of, at);
    const auto until = of.on.now() + poll.within;
    p.talk->release();
    for (;;) {
        p.talk->gather();
        const auto amiss = judge_once(of, p, poll.unsolicited, at);
        if (!amiss)
            co_return;
        if (of.on.now() >= until)
            throw *amiss;
        const auto& e = co_await of.on.listen(p.over, left_until(of, until));
        if (e.why == trouble::timed_out)
            throw *amiss;
        if (e.why != trouble::none) {
            p.over.open = false;
            mind_interruption(e);
            throw abandoned{verdict::outcome::inconclusive,
                            p.over.show() + " closed the connection before it said what was awaited"};
        }
    }
}

script<std::optional<missed>> try_once(play& of, const scenario::block& body) {
    attempt tried(of);
    std::optional<missed> amiss;
    try {
        co_await do_steps(of, body);
    } catch (const missed& m) {
        amiss = m;
        tried.undo();
    }
    co_return amiss;
}

/// A session to listen on while nothing is to be done: the last one of the body that is open.
party* listener_of(play& of, const scenario::block& body) {
    party* found = nullptr;
    for (const auto& step : body)
        if (of.parties[step.session]->over.open)
            found = of.parties[step.session].get();
    return found;
}

script<> await_all(play& of, const scenario::step& at, const scenario::poll& poll) {
    if (poll.body.empty()) {
        co_await await_unasked(of, at, poll);
        co_return;
    }
    const auto until = of.on.now() + poll.within;
    auto pause = first_pause;
    for (;;) {
        const auto amiss = co_await try_once(of, poll.body);
        if (!amiss)
            co_return;
        if (of.on.now() >= until)
            throw *amiss;
        auto* p = listener_of(of, poll.body);
        if (p) {
            const auto within = std::min(pause, left_until(of, until));
            const auto& e = co_await of.on.listen(p->over, within);
            mind_interruption(e);
            if (e.why == trouble::closed || e.why == trouble::reset)
                p->over.open = false;
        }
        pause = std::min(pause * 2, longest_pause);
    }
}

/// "0.3": tenths of seconds, rounded.
std::string seconds(std::chrono::microseconds span) {
    const auto tenths = (span.count() + 50'000) / 100'000;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

} // namespace

script<> do_poll(play& of, const scenario::step& at, const scenario::poll& poll) {
    const auto begun = of.on.now();
    co_await await_all(of, at, poll);
    if (!poll.took.empty())
        of.bound.set(poll.took, seconds(of.on.now() - begun));
}

} // namespace mailspec::run
