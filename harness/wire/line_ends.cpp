#include "harness/wire/line_ends.hpp"

namespace mailspec::wire {

void line_ends::follow(const buffer& in) {
    if (start_ < in.begin()) {
        start_ = line_ = scanned_ = in.begin();
    }
}

std::optional<line_span> line_ends::fail(fault why) {
    stopped_ = {reading::kind::fault, {start_, 0}, why, 0};
    return std::nullopt;
}

std::optional<line_span> line_ends::next(const buffer& in) {
    if (stopped_.what == reading::kind::fault) {
        return std::nullopt;
    }
    const auto unseen = in.from(scanned_);
    const auto feed = unseen.find('\n');
    const auto seen = feed == std::string_view::npos ? in.end() : scanned_ + feed + 1;
    if (seen - line_ > most_.line) {
        return fail(fault::line_too_long);
    }
    if (seen - start_ > most_.response) {
        return fail(fault::response_too_long);
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
