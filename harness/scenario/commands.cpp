#include "harness/scenario/commands.hpp"

namespace mailspec::scenario {
namespace {

const block* inside(const step& of) {
    if (const auto* together = std::get_if<pipeline>(&of.what))
        return &together->commands;
    if (const auto* waits = std::get_if<poll>(&of.what))
        return &waits->body;
    if (const auto* may = std::get_if<condition>(&of.what))
        return &may->then;
    if (const auto* often = std::get_if<repeat>(&of.what))
        return &often->body;
    if (const auto* watched = std::get_if<effect>(&of.what))
        return &watched->body;
    return nullptr;
}

} // namespace

void for_each_step(const block& steps, const std::function<void(const step&)>& see) {
    for (const auto& each : steps) {
        see(each);
        if (const auto* more = inside(each))
            for_each_step(*more, see);
        if (const auto* secured = std::get_if<start_tls>(&each.what)) {
            for_each_step(secured->behind, see);
            for_each_step(secured->body, see);
        }
        if (const auto* asked = std::get_if<outcomes>(&each.what))
            for (const auto& tried : asked->trials)
                for_each_step(tried.body, see);
    }
}

void for_each_command(const block& steps, const std::function<void(const step&, const command&)>& see) {
    for_each_step(steps, [&](const step& each) {
        if (const auto* c = std::get_if<command>(&each.what))
            see(each, *c);
    });
}

} // namespace mailspec::scenario
