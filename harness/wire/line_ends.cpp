#include "harness/wire/line_ends.hpp"

#include <algorithm>

namespace mailspec::wire {

void line_ends::follow(const buffer& in) {
    if (start_ < in.begin()) {
        start_ = line_ = scanned_ = in.begin();
    }
}

/// The fault of the limit that was reached first, so that it is the same however the octets were cut.
std::optional<line_span> line_ends::too_long() {
    const bool line_first = line_ + most_.line < start_ + most_.response;
    stopped_ = {reading::kind::fault, {}, line_first ? fault::line_too_long : fault::response_too_long, 0};
    return std::nullopt;
}

std::optional<line_span> line_ends::next(const buffer& in) {
    if (stopped_.what == reading::kind::fault) {
        return std::nullopt;
    }
    const auto feed = in.from(scanned_).find('\n');
    const auto seen = feed == std::string_view::npos ? in.end() : scanned_ + feed + 1;
    if (seen > std::min(line_ + most_.line, start_ + most_.response)) {
        return too_long();
    }
    scanned_ = seen;
    if (feed == std::string_view::npos) {
        return std::nullopt;
    }
    const line_span got{line_, seen};
    line_ = seen;
    return got;
}

reading line_ends::finish() {
    const frame got{start_, static_cast<std::size_t>(line_ - start_)};
    start_ = line_;
    return {reading::kind::ready, got, fault::none, 0};
}

} // namespace mailspec::wire
