#include "reports/baseline_words.hpp"

#include "reports/escape.hpp"

#include <fmt/format.h>

namespace mailspec::reports {
namespace {

using verdict::standing;

std::string listed(const std::vector<std::string>& ids) {
    std::string out;
    for (const auto& id : ids)
        out.append(out.empty() ? "" : ", ").append(id.empty() ? "a failure that names no requirement" : printable(id));
    return out;
}

bool failed(verdict::outcome o) { return o != verdict::outcome::conforms && o != verdict::outcome::unsupported; }

} // namespace

std::string beside_baseline(const verdict::scenario_record& record) {
    const auto how = verdict::standing_of(record);
    if (how == standing::as_before)
        return {};
    if (how == standing::known)
        return "known by the baseline";
    const auto& than = *record.compared;
    if (!than.before)
        return "the baseline does not name it";
    std::string out = fmt::format("the baseline says {}", verdict::to_string(*than.before));
    if (!failed(*than.before) || !failed(record.result))
        return out;
    if (how == standing::fresh && !than.added.empty())
        out += ", but not " + listed(than.added);
    if (how == standing::better && !than.gone.empty())
        out += ", also " + listed(than.gone);
    return out;
}

} // namespace mailspec::reports
