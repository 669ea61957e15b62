#include "harness/observe/imap/rules.hpp"
#include "harness/rfc/catalogue.hpp"
#include "harness/wire/imap/numbers.hpp"
#include "harness/wire/imap/reporter.hpp"
#include "harness/wire/imap/views.hpp"

#include <algorithm>
#include <string>

namespace mailspec::observe::imap {
namespace {

namespace req = rfc::req;

using wire::imap::response;
using wire::imap::response_kind;
using wire::imap::sequence_range;

constexpr command_set searches(command_kind::search, command_kind::uid_search);

/// Gives the greatest that came.
std::uint32_t take_numbers(search_watch& into, const response& r) {
    std::uint32_t greatest = 0;
    const auto add = [&](std::uint32_t first, std::uint32_t last) {
        into.add(first, last);
        greatest = std::max(greatest, last);
    };
    if (r.kind == response_kind::search) {
        for (const auto& each : wire::imap::arguments(r))
            if (const auto number = wire::imap::number32(r.values.raw(each)))
                add(*number, *number);
    } else if (const auto* all = wire::imap::find_esearch_item(r, "ALL")) {
        wire::imap::sequence_set_reader set(r.values.raw(*all));
        while (const auto range = set.next())
            add(std::min(range->first, range->last), std::max(range->first, range->last));
    }
    return greatest;
}

/// Ranges may overlap: each is taken to end where the farthest before it does.
void put_in_order(std::vector<sequence_range>& told) {
    std::sort(told.begin(), told.end(),
              [](const sequence_range& a, const sequence_range& b) { return a.first < b.first; });
    std::uint32_t farthest = 0;
    for (auto& each : told)
        farthest = each.last = std::max(each.last, farthest);
}

bool holds(const std::vector<sequence_range>& sorted, std::uint32_t number) {
    const auto behind = std::upper_bound(sorted.begin(), sorted.end(), number,
                                         [](std::uint32_t n, const sequence_range& each) { return n < each.first; });
    return behind != sorted.begin() && number <= std::prev(behind)->last;
}

void judge(session_state& s, const command& c, report& report) {
    using verdict = search_criteria::verdict;
    auto& view = *s.selected;
    auto& told = s.selected->searching->told;
    const bool alone = s.is_alone();
    put_in_order(told);
    const auto how = alone ? search_criteria::flags::certain : search_criteria::flags::uncertain;
    const auto last = std::min({view.exists, view.exists_idle, search_watch::most_judged});
    if (view.exists > search_watch::most_judged)
        s.scenario.leave_unwatched(scenario_view::limit::searches);
    for (std::uint32_t n = 1; n <= last; ++n) {
        const auto* m = view.find(n);
        const auto id = c.what == command_kind::search ? n : m ? m->uid : 0;
        if (id == 0)
            continue;
        const bool listed = holds(told, id);
        const auto matches = s.selected->searching->criteria.judge(view, n, how);
        const bool wrong = listed ? matches == verdict::no : matches == verdict::yes && alone;
        if (!wrong)
            continue;
        report(req::imap_search_agrees, "message " + std::to_string(n) + (listed ? " is" : " is not") +
                                            " in the answer to " + wire::imap::shown(c.arguments) +
                                            ", against what was told of it");
        return;
    }
}

} // namespace

void watch_search(session_state& s, const response& r, report&) {
    const auto* c = s.only(searches);
    if (!c)
        return;
    if (!s.selected->searching)
        s.selected->searching = std::make_unique<search_watch>();
    if (s.selected->searching->command != c->sent_at)
        s.selected->searching->begin(c->sent_at);
    const auto greatest = take_numbers(*s.selected->searching, r);
    if (c->what == command_kind::search && greatest > s.selected->exists && s.selected->exists_certain)
        s.selected->beyond = std::max(s.selected->beyond, greatest);
}

void end_search(session_state& s, const command& c, const response& r, report& report) {
    const bool usable = s.selected && s.selected->searching && s.selected->searching->command == c.sent_at &&
                        s.selected->searching->whole && s.disturbed != c.sent_at && s.only(searches) &&
                        r.kind == response_kind::ok;
    if (usable && s.selected->searching->criteria.read(c.arguments))
        judge(s, c, report);
}

} // namespace mailspec::observe::imap
