#include "harness/verdict/baseline.hpp"

#include <algorithm>
#include <iterator>

namespace mailspec::verdict {
namespace {

bool is_demand(const rfc::requirement* r) { return r == nullptr || r->strength != rfc::level::may; }

bool is_should(const rfc::requirement* r) {
    return r != nullptr && (r->strength == rfc::level::should || r->strength == rfc::level::should_not);
}

std::string_view id_of(const rfc::requirement* r) { return r == nullptr ? std::string_view() : r->id; }

bool failed(outcome o) { return o != outcome::conforms && o != outcome::unsupported; }

/// What a baseline says of a scenario that it does not name is that nothing is known.
const known_scenario& nothing_known() {
    static const known_scenario nothing;
    return nothing;
}

/// What violates and names no requirement broke an expectation without one.
bool was_broken(const known_scenario& before, std::string_view id) {
    const bool unnamed = id.empty() && before.broken.empty() && before.result == outcome::violates;
    return unnamed || before.broken.contains(id);
}

/// Of a scenario that failed.
standing standing_of(outcome now, const known_scenario& before, const comparison& differs) {
    if (now == outcome::broken || !differs.added.empty())
        return standing::fresh;
    if (now == before.result)
        return differs.gone.empty() ? standing::known : standing::better;
    const bool milder = now == outcome::deviates && before.result > now && before.result != outcome::broken;
    return milder ? standing::better : standing::fresh;
}

} // namespace

std::vector<const rfc::requirement*> broken_by(const scenario_record& record) {
    std::vector<const rfc::requirement*> all;
    for (const auto& each : record.failures)
        all.push_back(each.broken);
    for (const auto& each : record.findings)
        all.push_back(each.what.broken);
    std::erase_if(all, std::not_fn(is_demand));
    std::ranges::sort(all, {}, id_of);
    const auto same = [](const auto* a, const auto* b) { return id_of(a) == id_of(b); };
    all.erase(std::unique(all.begin(), all.end(), same), all.end());
    return all;
}

comparison compare(const scenario_record& record, const baseline& with) {
    const auto found = with.scenarios.find(record.info.id);
    const auto& before = found == with.scenarios.end() ? nothing_known() : found->second;
    comparison out;
    out.counts = record.result;
    if (found != with.scenarios.end())
        out.before = before.result;
    const auto broken = broken_by(record);
    bool only_shoulds = true;
    for (const auto* each : broken)
        if (!was_broken(before, id_of(each))) {
            out.added.emplace_back(id_of(each));
            only_shoulds = only_shoulds && is_should(each);
        }
    for (const auto& id : before.broken)
        if (std::ranges::find(broken, id, id_of) == broken.end())
            out.gone.push_back(id);
    if (!failed(record.result)) {
        const bool worse = record.result == outcome::unsupported;
        if (out.before && *out.before != record.result)
            out.how = worse ? standing::lost : standing::better;
        return out;
    }
    out.how = standing_of(record.result, before, out);
    if (out.how != standing::fresh)
        out.counts = outcome::conforms;
    else if (record.result == before.result && record.result != outcome::broken && only_shoulds)
        out.counts = outcome::deviates;
    return out;
}

} // namespace mailspec::verdict
