#include "harness/scenario/names.hpp"

#include "harness/match/functions.hpp"
#include "harness/match/near_name.hpp"

#include <algorithm>

namespace mailspec::scenario {

namespace {

bool contains(const std::vector<std::string>& all, std::string_view name) {
    return std::find(all.begin(), all.end(), name) != all.end();
}

} // namespace

names::names() {
    for (const std::string_view name : {"mailbox", "token", "greeting", "delimiter", "namespace"})
        give(std::string(name));
    for (const std::string_view role : match::role_names())
        for (const std::string_view part : {".user", ".password", ".address", ".path", ".domain"})
            give(std::string(role) + std::string(part));
}

bool names::is_given(std::string_view name) const { return contains(given_, name); }
bool names::is_bound(std::string_view name) const { return contains(bound_, name); }

void names::bind(std::string_view name) {
    if (!knows(name))
        bound_.emplace_back(name);
}

std::string names::suggestion(std::string_view name) const {
    std::vector<std::string_view> all(given_.begin(), given_.end());
    all.insert(all.end(), bound_.begin(), bound_.end());
    return match::did_you_mean(name, all);
}

std::optional<std::string> names::unbound(std::string_view name) const {
    if (knows(name))
        return std::nullopt;
    if (name.find('.') != std::string_view::npos)
        return "unknown name " + std::string(name) + suggestion(name);
    return "unbound variable " + std::string(name) + ": nothing before this place captures it" + suggestion(name);
}

std::optional<std::string> names::uncapturable(std::string_view name) const {
    if (knows(name) || name.find('.') == std::string_view::npos)
        return std::nullopt;
    return "unknown name " + std::string(name) + suggestion(name);
}

names::state names::common(const state& a, const state& b) {
    state out;
    std::copy_if(a.begin(), a.end(), std::back_inserter(out),
                 [&](const std::string& name) { return contains(b, name); });
    return out;
}

names::state names::beyond(const state& a, const state& b) {
    state out;
    std::copy_if(a.begin(), a.end(), std::back_inserter(out),
                 [&](const std::string& name) { return !contains(b, name); });
    return out;
}

} // namespace mailspec::scenario
