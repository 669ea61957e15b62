#include "harness/run/abandoned.hpp"
#include "harness/run/difference.hpp"
#include "harness/run/observer.hpp"
#include "harness/run/steps.hpp"
#include "harness/scenario/commands.hpp"

#include <algorithm>
#include <utility>

namespace mailspec::run {
namespace {

/// "message 1 gains \Seen".
std::string expected_of(const verdict::difference& row) { return row.what + ' ' + row.declared; }

bool is_state(std::string_view cell) {
    return cell == "gone" || cell.ends_with("there") || cell.ends_with("subscribed") || cell.starts_with("with") ||
           cell.starts_with("as ");
}

/// "message 1 had () before and has (\Seen) after".
std::string wrong_of(const verdict::difference& row) {
    auto out = row.what + (is_state(row.before) ? " was " : " had ") + row.before + " before and " +
               (is_state(row.after) ? "is " : "has ") + row.after + " after";
    if (!row.told.empty())
        out += "; the session was told " + row.told;
    return out;
}

/// One failure for each requirement that is broken, with a row for all that goes against it.
[[noreturn]] void miss_effect(const party& p, std::vector<undeclared> amiss, const scenario::step& at) {
    missed m;
    for (auto& each : amiss) {
        const auto* broken = each.line != 0 || each.proves ? each.proves : at.proves;
        const auto same =
            std::find_if(m.all.begin(), m.all.end(), [&](const auto& other) { return other.what.broken == broken; });
        auto& one = same == m.all.end() ? m.all.emplace_back() : *same;
        if (one.what.differences.empty()) {
            one.what.line = each.line != 0 ? each.line : at.where.line;
            one.what.broken = broken;
            one.what.expected = expected_of(each.row);
            one.what.said_by_us = wrong_of(each.row);
            one.transcript = p.over.shown;
        }
        one.what.differences.push_back(std::move(each.row));
    }
    throw m;
}

/// Whether some command of the block may use up a UID without a message being there in the end.
comparison::uids uids_of(const scenario::effect& e) {
    auto out = comparison::uids::only_by_arrivals;
    scenario::for_each_command(e.body, [&](const scenario::step&, const scenario::command& c) {
        const auto& text = c.text.source();
        const auto has = [&](std::string_view word) {
            return std::search(text.begin(), text.end(), word.begin(), word.end(),
                               [](char a, char b) { return (a & ~0x20) == b; }) != text.end();
        };
        if (c.form != scenario::command::form::line || has("APPEND") || has("COPY") || has("MOVE") || has("REPLACE"))
            out = comparison::uids::perhaps_used;
    });
    return out;
}

bool concerns_mailboxes(const std::vector<declared>& changes) {
    return std::any_of(changes.begin(), changes.end(), [](const declared& d) {
        return d.what == declared::kind::mailbox_deleted || d.what == declared::kind::mailbox_renamed;
    });
}

/// The steps, while what they tell the session of the effect is kept.
script<> do_watched(play& of, const party& acting, const scenario::effect& e, told& into) {
    const auto outer = std::exchange(of.acting, {&acting, &into});
    std::exception_ptr failed;
    try {
        co_await do_steps(of, e.body);
    } catch (...) {
        failed = std::current_exception();
    }
    of.acting = outer;
    if (failed)
        std::rethrow_exception(failed);
}

} // namespace

script<> do_effect(play& of, const scenario::step& at, const scenario::effect& e) {
    auto& p = *of.parties[at.session];
    const auto watched = what_to_watch(of, at, e);
    const auto changes = what_is_declared(of, watched, e);
    const auto before = co_await look(of, watched, nullptr);
    if (concerns_mailboxes(changes))
        co_await look_away(of, watched.role);
    told acting(before.find(watched.role, watched.home));
    co_await do_watched(of, p, e, acting);
    const auto after = co_await look(of, watched, &before);
    auto amiss = compare({before, after, changes, {}, &acting, watched, uids_of(e)});
    if (!amiss.empty())
        miss_effect(p, std::move(amiss), at);
}

} // namespace mailspec::run
