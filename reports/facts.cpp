#include "reports/facts.hpp"

#include "reports/escape.hpp"

#include <algorithm>
#include <map>

namespace mailspec::reports {
namespace {

using verdict::outcome;
using verdict::scenario_record;
using kind = enum fact_cell::kind;

constexpr std::size_t longest_answer = 400; // octets of what a server said

fact_cell unanswered(const scenario_record& r) {
    fact_cell cell;
    cell.what = r.result == outcome::broken                                         ? kind::broken
                : r.result == outcome::unsupported || r.result == outcome::conforms ? kind::unsupported
                                                                                    : kind::unjudged;
    cell.reason = our_words(r.reason);
    if (r.result == outcome::conforms)
        cell.reason = "the server does not announce what the question is about";
    return cell;
}

fact_cell cell_of(const scenario_record& r, const std::string& question) {
    const auto found = std::ranges::find(r.answers, question, &verdict::answer::asked);
    if (found == r.answers.end())
        return unanswered(r);
    return {kind::answered, printable(found->said, longest_answer), found->breaks, {}};
}

const scenario_record* find(const verdict::run_record& run, std::string_view id) {
    const auto found =
        std::ranges::find(run.scenarios, id, [](const auto& r) -> std::string_view { return r.info.id; });
    return found == run.scenarios.end() ? nullptr : &*found;
}

bool is_must(const rfc::requirement& r) { return r.strength == rfc::level::must || r.strength == rfc::level::must_not; }

} // namespace

std::string_view to_string(kind k) {
    switch (k) {
    case kind::answered: return "answered";
    case kind::unsupported: return "unsupported";
    case kind::unjudged: return "not judged";
    case kind::broken: return "mailspec failed";
    case kind::missing: break;
    }
    return "not asked";
}

facts facts_of(std::span<const verdict::run_record> runs) {
    facts all;
    std::map<std::string, std::vector<std::string>, std::less<>> questions;
    for (const auto& run : runs) {
        all.targets.push_back({our_words(run.info.target), run.servers});
        for (const auto& r : run.scenarios)
            questions.try_emplace(r.info.id, r.info.asks);
    }
    for (const auto& [id, asked] : questions)
        for (const auto& question : asked) {
            auto& row = all.rows.emplace_back(fact_row{id, our_words(question), {}});
            for (const auto& run : runs) {
                const auto* record = find(run, id);
                row.cells.push_back(record ? cell_of(*record, question) : fact_cell{});
            }
        }
    return all;
}

int exit_status(const facts& of) {
    bool breach = false, unjudged = false;
    for (const auto& row : of.rows)
        for (const auto& cell : row.cells) {
            if (cell.what == kind::broken)
                return 4;
            breach = breach || (cell.breaks && is_must(*cell.breaks));
            unjudged = unjudged || cell.what == kind::unjudged || cell.what == kind::missing;
        }
    return breach ? 1 : unjudged ? 3 : 0;
}

} // namespace mailspec::reports
