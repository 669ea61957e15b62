#include "harness/scenario/bundled.hpp"

#include <algorithm>

namespace mailspec::scenario {

std::optional<std::string_view> bundled_octets(std::string_view path) {
    const auto all = bundled();
    const auto found = std::lower_bound(all.begin(), all.end(), path,
                                        [](const bundled_file& f, std::string_view p) { return f.path < p; });
    if (found == all.end() || found->path != path)
        return std::nullopt;
    return found->octets;
}

message_source bundled_messages() {
    return [](std::string_view path) -> std::optional<std::string> {
        const auto octets = bundled_octets(path);
        if (!octets)
            return std::nullopt;
        return std::string(*octets);
    };
}

} // namespace mailspec::scenario
