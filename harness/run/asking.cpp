#include "harness/run/asking.hpp"

#include "harness/run/abandoned.hpp"
#include "harness/run/steps.hpp"

#include <algorithm>
#include <optional>

namespace mailspec::run {
namespace {

std::string expand_answer(const play& of, const fitting& how) {
    match::outgoing out;
    of.expand(how.answer, how.where, out);
    return std::move(out.octets);
}

/// The steps of one alternative; what was amiss, if anything was. A server that hangs up does not do what they want:
/// then `hung_up` says so.
script<std::optional<missed>> try_steps(play& of, const scenario::block& body, std::string& hung_up) {
    std::optional<missed> amiss;
    try {
        co_await do_steps(of, body);
    } catch (const missed& m) {
        amiss = m;
    } catch (const abandoned& a) {
        if (a.why != abandoned::cause::hangup)
            throw;
        hung_up = a.reason;
        amiss.emplace();
        amiss->all.emplace_back();
        amiss->all.back().what.said_by_us = a.reason;
        amiss->all.back().what.broken = &scenario::no_evidence;
    }
    co_return amiss;
}

} // namespace

void take_answer(play& of, const party& told_by, const std::string& asks, const fitting& how) {
    answered now;
    now.what = {asks, expand_answer(of, how), how.violates};
    now.rank = how.rank;
    const auto known =
        std::find_if(of.answers.begin(), of.answers.end(), [&](const answered& a) { return a.what.asked == asks; });
    if (known != of.answers.end() && known->rank >= now.rank)
        return;
    if (how.violates) {
        missed::one one;
        one.what.broken = how.violates;
        one.what.line = how.where.line;
        one.what.said_by_server = told_by.talk ? std::string(told_by.talk->decisive()) : std::string();
        one.what.said_by_us = "the answer is \"" + now.what.said + "\"";
        one.transcript = told_by.over.shown;
        of.failures.push_back(std::move(one));
    }
    if (known == of.answers.end())
        of.answers.push_back(std::move(now));
    else
        *known = std::move(now);
}

void attempt::undo() {
    of_.bound.rollback(bound_);
    of_.answers = answers_;
    of_.failures = failures_;
}

script<> do_outcomes(play& of, const scenario::step& at, const scenario::outcomes& o) {
    std::optional<missed> last;
    std::string hung_up;
    for (std::size_t rank = 0; rank < o.trials.size(); ++rank) {
        const auto& each = o.trials[rank];
        // Who hangs up has answered nothing: what is left over is no accusation then.
        if (each.body.empty() && each.violates && !hung_up.empty())
            throw abandoned{verdict::outcome::inconclusive, std::move(hung_up)};
        attempt tried(of);
        auto amiss = co_await try_steps(of, each.body, hung_up);
        if (!amiss) {
            take_answer(of, *of.parties[at.session], o.asks, {each.answer, each.violates, each.where, rank});
            for (const auto& name : each.forgets)
                of.bound.forget(name);
            co_return;
        }
        tried.undo();
        last = std::move(amiss);
    }
    if (last)
        throw *last;
}

} // namespace mailspec::run
