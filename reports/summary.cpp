#include "reports/summary.hpp"

#include "reports/escape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

namespace mailspec::reports {
namespace {

using verdict::outcome;
using verdict::run_record;

constexpr std::array<outcome, outcome_count> shown_order{outcome::conforms,    outcome::deviates,     outcome::violates,
                                                         outcome::unsupported, outcome::inconclusive, outcome::broken};
constexpr std::size_t ids_named = 3;
constexpr std::size_t longest_answer = 1000;
constexpr std::size_t answers_shown = 20;

std::string_view as_verb(outcome o, std::size_t count) {
    const bool one = count == 1;
    switch (o) {
    case outcome::conforms: return one ? "conforms" : "conform";
    case outcome::unsupported: return "unsupported";
    case outcome::deviates: return one ? "deviates" : "deviate";
    case outcome::inconclusive: return "inconclusive";
    case outcome::violates: return one ? "violates" : "violate";
    case outcome::broken: return "broken";
    }
    return "";
}

struct group {
    std::string what;
    std::vector<std::string_view> ids;
};

/// Most frequent first, then by text; one line of what, one of ids.
std::string listed(const std::map<std::string, std::vector<std::string_view>>& by_text) {
    std::vector<group> groups;
    for (const auto& [what, ids] : by_text)
        groups.push_back({what, ids});
    std::ranges::stable_sort(groups, std::greater{}, [](const group& g) { return g.ids.size(); });
    std::string out;
    for (const auto& g : groups)
        out += fmt::format("{:6}  {}\n          {}\n", g.ids.size(), g.what, some_of(g.ids));
    return out;
}

/// What failed no worse than in the baseline.
bool is_known(const verdict::scenario_record& s) {
    const auto how = verdict::standing_of(s);
    return how == verdict::standing::known || how == verdict::standing::better;
}

/// What a scenario broke in the baseline too, though it is new by something else.
bool was_broken(const verdict::scenario_record& s, const rfc::requirement* r) {
    return s.compared && !s.compared->added.empty() &&
           std::ranges::find(s.compared->added, r->id) == s.compared->added.end();
}

std::size_t plays_in(const run_record& run) {
    std::size_t plays = 0;
    for (const auto& s : run.scenarios)
        plays += s.plays.total();
    return plays;
}

std::vector<outcome> occurring(const tally& all) {
    std::vector<outcome> columns;
    std::ranges::copy_if(shown_order, std::back_inserter(columns), [&](outcome o) { return all.of(o) != 0; });
    return columns;
}

std::string row(std::string_view name, std::size_t width, const tally& t, const std::vector<outcome>& columns) {
    std::string out = fmt::format("  {:<{}}", name, width);
    for (const outcome o : columns) {
        const std::size_t column = verdict::to_string(o).size();
        out += t.of(o) == 0 ? fmt::format("  {:>{}}", "-", column) : fmt::format("  {:>{}}", t.of(o), column);
    }
    return out + "\n";
}

} // namespace

std::string folder_of(const verdict::scenario_info& of) {
    const std::size_t slash = of.id.rfind('/');
    return slash == std::string::npos ? std::string(of.unit) + "s" : of.id.substr(0, slash);
}

std::string_view name_of(std::string_view id) {
    const std::size_t slash = id.rfind('/');
    return slash == std::string_view::npos ? id : id.substr(slash + 1);
}

std::string some_of(const std::vector<std::string_view>& ids) {
    std::string out;
    for (std::size_t i = 0; i < std::min(ids.size(), ids_named); ++i)
        out.append(out.empty() ? "" : ", ").append(ids[i]);
    if (ids.size() > ids_named)
        out += fmt::format(" and {} more", ids.size() - ids_named);
    return out;
}

tally tally_of(const run_record& run) {
    tally all;
    for (const auto& s : run.scenarios)
        all.count(s.result);
    return all;
}

std::map<std::string, tally, std::less<>> tally_by_folder(const run_record& run) {
    std::map<std::string, tally, std::less<>> folders;
    for (const auto& s : run.scenarios)
        folders[folder_of(s.info)].count(s.result);
    return folders;
}

std::size_t count_of(const run_record& run, verdict::standing how) {
    return static_cast<std::size_t>(std::ranges::count(run.scenarios, how, verdict::standing_of));
}

std::string summary_table(const run_record& run) {
    const auto folders = tally_by_folder(run);
    const tally all = tally_of(run);
    const auto columns = occurring(all);
    std::size_t width = std::string_view("total").size();
    for (const auto& [folder, t] : folders)
        width = std::max(width, folder.size());
    std::string out = fmt::format("  {:<{}}", "", width);
    for (const outcome o : columns)
        out += fmt::format("  {}", verdict::to_string(o));
    out += "\n";
    for (const auto& [folder, t] : folders)
        out += row(folder, width, t, columns);
    return out + row("total", width, all, columns);
}

std::string grouped_by_reason(const run_record& run, outcome o) {
    std::map<std::string, std::vector<std::string_view>> reasons;
    for (const auto& s : run.scenarios) {
        if (s.result == o && !is_known(s))
            reasons[s.reason.empty() ? "no reason was given" : our_words(s.reason)].push_back(s.info.id);
    }
    return listed(reasons);
}

std::string broken_requirements(const run_record& run) {
    std::map<std::string, std::vector<std::string_view>> broken;
    const auto add = [&](const rfc::requirement* r, const verdict::scenario_record& s) {
        if (r == nullptr || was_broken(s, r))
            return;
        const std::string_view id = s.info.id;
        auto& ids = broken[fmt::format("{} {}: {}", rfc::to_string(r->strength), r->id, r->title)];
        if (ids.empty() || ids.back() != id)
            ids.push_back(id);
    };
    for (const auto& s : run.scenarios) {
        if (is_known(s))
            continue;
        for (const auto& f : s.failures)
            add(f.broken, s);
        for (const auto& f : s.findings)
            add(f.what.broken, s);
    }
    return listed(broken);
}

std::string against_baseline(const run_record& run) {
    using verdict::standing;
    if (run.info.baseline.empty())
        return {};
    std::string out;
    for (const auto& [how, what] :
         {std::pair{standing::known, "known"}, std::pair{standing::fresh, "new"}, std::pair{standing::better, "better"},
          std::pair{standing::lost, "unsupported now"}}) {
        std::vector<std::string_view> ids;
        for (const auto& s : run.scenarios)
            if (verdict::standing_of(s) == how)
                ids.push_back(s.info.id);
        if (!ids.empty())
            out += fmt::format("{:6}  {}\n", ids.size(), what);
        if (!ids.empty() && how != standing::known)
            out += fmt::format("          {}\n", some_of(ids));
    }
    return out.empty() ? "  nothing differs, and nothing failed\n" : out;
}

std::string answers(const run_record& run) {
    std::size_t count = 0;
    for (const auto& s : run.scenarios)
        count += s.answers.size();
    if (count > answers_shown)
        return fmt::format("  {} questions were answered; mailspec ask shows them\n", count);
    std::string out;
    for (const auto& s : run.scenarios) {
        for (const auto& a : s.answers)
            out += fmt::format("  {}: {}\n    {}\n", s.info.id, our_words(a.asked), printable(a.said, longest_answer));
    }
    return out;
}

std::string notes(const run_record& run) {
    std::map<std::string, std::vector<std::string_view>> all;
    for (const auto& s : run.scenarios)
        for (const auto& each : s.notes)
            all[our_words(each)].push_back(s.info.id);
    return listed(all);
}

std::string in_plays(const verdict::scenario_record& record) {
    const auto all = record.plays.total();
    if (all == 0)
        return {};
    const auto own = record.plays.of(record.result);
    std::string out =
        own == all ? fmt::format("in {} play{}", all, all == 1 ? "" : "s") : fmt::format("in {} of {} plays", own, all);
    for (const outcome o : shown_order)
        if (o != record.result && o != outcome::conforms && record.plays.of(o) != 0)
            out += fmt::format("; {} in {}", verdict::to_string(o), record.plays.of(o));
    return out;
}

std::string closing_line(const run_record& run) {
    const tally all = tally_of(run);
    const std::size_t count = all.total();
    const double seconds = std::chrono::duration<double>(run.duration).count();
    std::string out =
        fmt::format("{} {}{} against {} in ", count, run.info.unit, count == 1 ? "" : "s", our_words(run.info.target));
    out += seconds < 1 ? fmt::format("{:.0f} ms", seconds * 1000) : fmt::format("{:.1f} s", seconds);
    const auto plays = plays_in(run);
    if (plays != 0)
        out += fmt::format(" ({} plays, {:.0f} a second)", plays, static_cast<double>(plays) / std::max(seconds, 1e-6));
    std::string_view between = ": ";
    for (const outcome o : shown_order) {
        if (const std::size_t n = all.of(o); n != 0) {
            out += fmt::format("{}{} {}", between, n, as_verb(o, n));
            between = ", ";
        }
    }
    if (!run.info.baseline.empty())
        out += fmt::format("; {} known, {} new, {} better", count_of(run, verdict::standing::known),
                           count_of(run, verdict::standing::fresh), count_of(run, verdict::standing::better));
    const auto planned = run.info.scenarios * run.info.times;
    if (run.interrupted && run.info.times > 1)
        out += fmt::format("; interrupted, {} plays not run", planned - std::min(plays, planned));
    else if (run.interrupted)
        out += fmt::format("; interrupted, {} not run", run.info.scenarios - std::min(count, run.info.scenarios));
    return out + "\n";
}

} // namespace mailspec::reports
