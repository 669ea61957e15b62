#include "harness/run/provider.hpp"

#include "harness/match/near_name.hpp"
#include "harness/scenario/bundled.hpp"

#include <stdexcept>

namespace mailspec::run {
namespace {

std::string_view name_of(const scenario::bundled_file& file) { return file.path.substr(0, file.path.rfind('.')); }

} // namespace

std::vector<std::string_view> provider_names() {
    std::vector<std::string_view> names;
    for (const auto& file : scenario::bundled_targets())
        names.push_back(name_of(file));
    return names;
}

std::variant<target, std::string> profile_of(std::string_view name) {
    for (const auto& file : scenario::bundled_targets()) {
        if (name_of(file) != name)
            continue;
        auto read = target_from_file("scenarios/targets/" + std::string(file.path), file.octets);
        if (const auto* why = std::get_if<std::string>(&read))
            throw std::logic_error(*why);
        return read;
    }
    const auto known = provider_names();
    std::string all;
    for (const auto each : known)
        all += (all.empty() ? "" : each == known.back() ? " and " : ", ") + std::string(each);
    return "there is no provider \"" + std::string(name) + "\"" + match::did_you_mean(name, known) + "; there are " +
           all;
}

void add_known_notes(target& to) {
    if (!to.notes.empty())
        return;
    for (const auto& file : scenario::bundled_targets())
        for (const auto& door : to.endpoints)
            if (file.octets.find("host=\"" + door.host + '"') != std::string_view::npos) {
                to.notes = std::get<target>(profile_of(name_of(file))).notes;
                return;
            }
}

} // namespace mailspec::run
