#include "harness/wire/pop3/reply.hpp"

namespace mailspec::wire::pop3 {
namespace {

bool starts_positive(std::string_view line) {
    return line.size() >= 3 && line[0] == '+' && (line[1] == 'O' || line[1] == 'o') &&
           (line[2] == 'K' || line[2] == 'k');
}

} // namespace

reading frame_reader::next(const buffer& in) {
    lines_.follow(in);
    while (const auto span = lines_.next(in)) {
        const auto line = in.bytes({span->at, static_cast<std::size_t>(span->end - span->at)});
        if (place_ == place::payload) {
            if (line == ".\r\n" || (ends_ == line_end::lf && line == ".\n")) {
                place_ = place::status_line;
                return lines_.finish();
            }
        } else if (shape_ == shape::multi_line_if_ok && starts_positive(line)) {
            place_ = place::payload;
            ends_ = line.ends_with("\r\n") ? line_end::crlf : line_end::lf;
        } else {
            return lines_.finish();
        }
    }
    return lines_.stopped();
}

} // namespace mailspec::wire::pop3
