#include "harness/wire/sieve/frame_reader.hpp"

#include "harness/wire/imap/literal_header.hpp"

#include <algorithm>

namespace mailspec::wire::sieve {

reading frame_reader::next(const buffer& in) {
    if (start_ < in.begin()) {
        start_ = line_ = scanned_ = in.begin();
        literal_left_ = 0;
    }
    while (stopped_.what != reading::kind::fault && !skip_literal(in)) {
        const auto feed = in.from(scanned_).find('\n');
        const auto seen = feed == std::string_view::npos ? in.end() : scanned_ + feed + 1;
        if (seen > std::min(line_ + most_.line, start_ + most_.response)) {
            return too_long(0);
        }
        scanned_ = seen;
        if (feed == std::string_view::npos) {
            return {};
        }
        if (auto done = take_line(in)) {
            return *done;
        }
    }
    return stopped_;
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
std::optional<reading> frame_reader::take_line(const buffer& in) {
    auto line = in.bytes({line_, static_cast<std::size_t>(scanned_ - line_)});
    line.remove_suffix(line.ends_with("\r\n") ? 2 : 1);
    const auto header = imap::literal_header_at_end(line);
    line_ = scanned_;
    if (!header || header->eight_bit) {
        const frame whole{start_, static_cast<std::size_t>(scanned_ - start_)};
        start_ = scanned_;
        return reading{reading::kind::ready, whole, fault::none, 0};
    }
    if (header->octets > start_ + most_.response - scanned_) {
        return too_long(header->octets);
    }
    literal_left_ = header->octets;
    return std::nullopt;
}

reading frame_reader::too_long(std::uint64_t announced) {
    const bool line_first = announced == 0 && line_ + most_.line < start_ + most_.response;
    stopped_ = {reading::kind::fault, {}, line_first ? fault::line_too_long : fault::response_too_long, announced};
    return stopped_;
}

} // namespace mailspec::wire::sieve
