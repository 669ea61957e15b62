#include "harness/scenario/commands.hpp"

namespace mailspec::scenario {

void for_each_command(const block& steps, const std::function<void(const step&, const command&)>& see) {
    for (const auto& each : steps) {
        if (const auto* c = std::get_if<command>(&each.what))
            see(each, *c);
        else if (const auto* together = std::get_if<pipeline>(&each.what))
            for_each_command(together->commands, see);
        else if (const auto* waits = std::get_if<poll>(&each.what))
            for_each_command(waits->body, see);
        else if (const auto* may = std::get_if<condition>(&each.what))
            for_each_command(may->then, see);
        else if (const auto* often = std::get_if<repeat>(&each.what))
            for_each_command(often->body, see);
        else if (const auto* watched = std::get_if<effect>(&each.what))
            for_each_command(watched->body, see);
    }
}

} // namespace mailspec::scenario
