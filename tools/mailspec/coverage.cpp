#include "tools/mailspec/coverage.hpp"

#include "tools/mailspec/claims.hpp"
#include "tools/mailspec/watched.hpp"

#include "harness/rfc/catalogue.hpp"
#include "harness/serve/mischief.hpp"

#include <map>

namespace mailspec::tools {
namespace {

std::string_view to_string(watcher w) {
    switch (w) {
    case watcher::reader: return "reader";
    case watcher::monitor: return "monitor";
    case watcher::observer: break;
    }
    return "observer";
}

} // namespace

reports::coverage coverage_of(std::span<const run::scenario_ptr> scenarios) {
    std::map<const rfc::requirement*, reports::covered> by_place; // the catalogue lies ascending by id
    for (const auto& r : rfc::catalogue())
        by_place[&r] = {&r, {}, {}, {}, reports::covered::breach::none};
    for (const auto& s : scenarios) {
        const auto claimed = claims_of(*s);
        for (const auto* r : claimed.proven)
            by_place[r].proven_by.push_back(s->id);
        for (const auto* r : claimed.answers)
            by_place[r].answered_by.push_back(s->id);
    }
    for (const auto& each : watched_requirements())
        by_place[each.what].watched_by.emplace_back(to_string(each.by));
    for (const auto* r : serve::mischief::known())
        by_place[r].shown = reports::covered::breach::known;
    reports::coverage all;
    for (auto& [r, each] : by_place)
        all.requirements.push_back(std::move(each));
    return all;
}

} // namespace mailspec::tools
