#include "harness/wire/ascii.hpp"
#include "harness/wire/pop3/reply.hpp"

namespace mailspec::wire::pop3 {
reading frame_reader::next(const buffer& in) {
    lines_.follow(in);
    while (const auto span = lines_.next(in)) {
        const auto line = in.bytes({span->at, static_cast<std::size_t>(span->end - span->at)});
        if (place_ == place::payload) {
            if (line == ".\r\n" || (ends_ == line_end::lf && line == ".\n")) {
                place_ = place::status_line;
                return lines_.finish();
            }
        } else if (shape_ == shape::multi_line_if_ok && starts_with_ci(line, "+OK")) {
            place_ = place::payload;
            ends_ = line.ends_with("\r\n") ? line_end::crlf : line_end::lf;
        } else {
            return lines_.finish();
        }
    }
    return lines_.stopped();
}

} // namespace mailspec::wire::pop3
