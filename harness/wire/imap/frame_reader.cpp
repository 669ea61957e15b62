#include "harness/wire/imap/frame_reader.hpp"

#include "harness/wire/imap/literal_header.hpp"

#include <algorithm>

namespace mailspec::wire::imap {

reading frame_reader::next(const buffer& in) {
    if (announced_ > 0) {
        return too_long();
    }
    if (start_ < in.begin()) {
        start_ = line_ = scanned_ = in.begin();
        literal_left_ = 0;
    }
    while (!skip_literal(in)) {
        const std::uint64_t horizon = std::min(line_ + most_.line, start_ + most_.response);
        const std::string_view fresh = in.from(scanned_).substr(0, horizon - scanned_);
        const std::size_t found = fresh.find('\n');
        if (found == std::string_view::npos) {
            scanned_ += fresh.size();
            return in.end() > horizon ? too_long() : reading{};
        }
        scanned_ += found + 1;
        if (auto done = take_line(in, scanned_)) {
            return *done;
        }
    }
    return {};
}

/// Gives true while the literal has not wholly arrived.
bool frame_reader::skip_literal(const buffer& in) {
    const std::uint64_t here = std::min(literal_left_, in.end() - scanned_);
    scanned_ += here;
    line_ += here;
    literal_left_ -= here;
    return literal_left_ > 0;
}

/// Gives the frame or the fault that the line ends in; nothing when a literal follows it.
std::optional<reading> frame_reader::take_line(const buffer& in, std::uint64_t line_end) {
    std::string_view line = in.bytes({line_, line_end - line_});
    line.remove_suffix(line.ends_with("\r\n") ? 2 : 1);
    const auto header = literal_header_at_end(line);
    if (!header || !may_hold_literal(in.bytes({start_, line_ - start_ + header->at}))) {
        const frame whole{start_, line_end - start_};
        start_ = line_ = line_end;
        return reading{reading::kind::ready, whole, fault::none, 0};
    }
    if (header->octets > start_ + most_.response - line_end) {
        announced_ = header->octets;
        return too_long();
    }
    line_ = line_end;
    literal_left_ = header->octets;
    return std::nullopt;
}

reading frame_reader::too_long() const {
    const bool line_first = announced_ == 0 && line_ + most_.line < start_ + most_.response;
    return {reading::kind::fault, {}, line_first ? fault::line_too_long : fault::response_too_long, announced_};
}

} // namespace mailspec::wire::imap
