#include "harness/run/abandoned.hpp"
#include "harness/run/difference.hpp"
#include "harness/run/observer.hpp"
#include "harness/run/steps.hpp"

#include <algorithm>

namespace mailspec::run {
namespace {

using std::chrono::milliseconds;

/// Delivery takes its time: a session that hands mail over may see its effect only by and by.
bool comes_late(const party& p) { return speaks_smtp(p.over.door.protocol); }

void miss_effect(const party& p, const std::vector<undeclared>& amiss, const scenario::step& at) {
    missed m;
    for (const auto& each : amiss) {
        missed::one one;
        one.what.line = each.line != 0 ? each.line : at.where.line;
        one.what.broken = each.line != 0 ? each.proves : at.proves;
        one.what.expected = each.declared;
        one.what.said_by_us = each.why;
        one.transcript = p.over.shown;
        m.all.push_back(std::move(one));
    }
    throw m;
}

} // namespace

script<> do_effect(play& of, const scenario::step& at, const scenario::effect& e) {
    auto& p = *of.parties[at.session];
    const auto before = co_await look(of, p);
    co_await do_steps(of, e.body);
    const auto until = of.on.now() + of.on.timeout();
    for (;;) {
        const auto after = co_await look(of, p);
        const auto amiss = compare(before, after, e.changes);
        if (amiss.empty())
            co_return;
        if (!comes_late(p) || !p.over.open || of.on.now() >= until)
            miss_effect(p, amiss, at);
        const auto& heard = co_await of.on.listen(p.over, milliseconds(50));
        if (heard.why == trouble::cancelled)
            throw abandoned{verdict::outcome::inconclusive, "the run was interrupted"};
        if (heard.why == trouble::closed || heard.why == trouble::reset)
            p.over.open = false;
    }
}

} // namespace mailspec::run
