#include "harness/scenario/names.hpp"

#include "harness/match/functions.hpp"
#include "harness/match/near_name.hpp"

#include <algorithm>

namespace mailspec::scenario {

namespace {

/// What is known once somebody has logged in by IMAP before the first step.
constexpr std::string_view hierarchy[] = {"mailbox", "delimiter", "namespace"};

bool contains(const std::vector<std::string>& all, std::string_view name) {
    return std::find(all.begin(), all.end(), name) != all.end();
}

/// Which state of an imap session gives that name a value; empty: none does.
std::string_view state_that_gives(std::string_view name) {
    if (name.ends_with(".mailbox"))
        return "selected";
    return std::ranges::find(hierarchy, name) == std::end(hierarchy) ? "" : "authenticated or selected";
}

std::optional<std::string> not_given(std::string_view name) {
    const auto giver = state_that_gives(name);
    if (giver.empty())
        return std::nullopt;
    return std::string(name) + " has no value here: an imap session with state " + std::string(giver) + " gives it one";
}

} // namespace

names::names() {
    for (const std::string_view name : {"token", "greeting"})
        give(std::string(name));
    for (const std::string_view role : match::role_names())
        for (const std::string_view part : {".user", ".password", ".address", ".path", ".domain"})
            give(std::string(role) + std::string(part));
}

void names::give_hierarchy() {
    for (const auto name : hierarchy)
        give(std::string(name));
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
    if (auto why = not_given(name))
        return why;
    if (name.find('.') != std::string_view::npos)
        return "unknown name " + std::string(name) + suggestion(name);
    return "unbound variable " + std::string(name) + ": nothing before this place captures it" + suggestion(name);
}

std::optional<std::string> names::uncapturable(std::string_view name) const {
    if (knows(name))
        return std::nullopt;
    if (auto why = not_given(name); why || name.find('.') == std::string_view::npos)
        return why;
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
