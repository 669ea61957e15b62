#include "harness/run/compared.hpp"

#include "harness/scenario/commands.hpp"

#include <algorithm>
#include <string_view>
#include <variant>

namespace mailspec::run {
namespace {

/// "message.1.size" is of the first session, "other.message.1" of that one.
bool is_in_maildrop(const scenario::scenario& of, std::string_view name) {
    const auto at = name.find("message.");
    if (at == std::string_view::npos)
        return false;
    const auto owner = name.substr(0, at > 0 ? at - 1 : 0);
    return std::any_of(of.sessions.begin(), of.sessions.end(), [&](const scenario::session& s) {
        const bool named = owner.empty() ? &s == &of.sessions.front() : s.name == owner;
        return named && s.protocol == wire::protocol::pop3 && s.state == scenario::session_state::transaction;
    });
}

bool compares(const scenario::scenario& of, const match::expectations& wanted) {
    return std::any_of(wanted.all.begin(), wanted.all.end(), [&](const match::expectation& each) {
        const auto& names = each.shape.names();
        return std::any_of(names.begin(), names.end(), [&](const auto& use) { return is_in_maildrop(of, use.name); });
    });
}

bool compares(const scenario::scenario& of, const scenario::answer& expected) {
    return compares(of, expected.wanted) ||
           std::any_of(expected.alternatives.begin(), expected.alternatives.end(),
                       [&](const scenario::alternative& each) { return compares(of, each.wanted); });
}

bool compares(const scenario::scenario& of, const match::text& side) {
    const auto names = side.names();
    return std::any_of(names.begin(), names.end(), [&](const auto& use) { return is_in_maildrop(of, use.first); });
}

} // namespace

bool compares_maildrop(const scenario::scenario& of) {
    bool found = false;
    scenario::for_each_step(of.steps, [&](const scenario::step& step) {
        if (const auto* command = std::get_if<scenario::command>(&step.what))
            found = found || compares(of, command->expected);
        else if (const auto* poll = std::get_if<scenario::poll>(&step.what))
            found = found || compares(of, poll->unsolicited);
        else if (const auto* check = std::get_if<scenario::check>(&step.what))
            found = found || compares(of, check->left) || compares(of, check->right);
    });
    return found;
}

} // namespace mailspec::run
