#include "harness/wire/ascii.hpp"
#include "harness/wire/smtp/reply.hpp"

namespace mailspec::wire::smtp {
namespace {

bool goes_on(std::string_view line) {
    return line.size() > 3 && is_digit(line[0]) && is_digit(line[1]) && is_digit(line[2]) && line[3] == '-';
}

} // namespace

reading frame_reader::next(const buffer& in) {
    lines_.follow(in);
    while (const auto span = lines_.next(in)) {
        if (!goes_on(in.bytes({span->at, static_cast<std::size_t>(span->end - span->at)}))) {
            return lines_.finish();
        }
    }
    return lines_.stopped();
}

} // namespace mailspec::wire::smtp
