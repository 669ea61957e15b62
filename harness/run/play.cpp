#include "harness/run/play.hpp"

#include "harness/run/abandoned.hpp"

namespace mailspec::run {

party& play::add(const endpoint& door, std::string_view role, std::string name) {
    auto& made = *parties.emplace_back(std::make_unique<party>());
    made.over.number = parties.size() - 1;
    made.over.name = std::move(name);
    made.over.door = door;
    made.over.role = role;
    made.over.who = against.plays(role);
    return made;
}

void play::expand(const match::text& text, const scenario::position& at, match::outgoing& into) const {
    if (const auto why = text.expand(bound, into))
        throw abandoned{verdict::outcome::broken, what.file + ":" + std::to_string(at.line) + ": " + *why};
}

} // namespace mailspec::run
