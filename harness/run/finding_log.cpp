#include "harness/run/finding_log.hpp"

#include <algorithm>

namespace mailspec::run {

void finding_log::add(std::span<const rfc::finding> found, std::uint64_t transcript, std::size_t line,
                      entry::stage when) {
    for (const auto& each : found) {
        const auto known = std::find_if(all_.begin(), all_.end(), [&](const entry& e) {
            return e.what.broken == each.broken && e.line == line && e.what.detail == each.detail;
        });
        if (known != all_.end())
            ++known->times;
        else if (all_.size() < most)
            all_.push_back({each, 1, transcript, line, when});
        else
            ++left_out_;
    }
}

} // namespace mailspec::run
