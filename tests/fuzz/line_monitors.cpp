#include "harness/observe/pop3_session.hpp"
#include "harness/observe/smtp_session.hpp"

#include "tests/fuzz/line_reader.hpp"

#include <string>

namespace {

using namespace mailspec;

constexpr std::uint64_t at = 7;

void answer(observe::pop3_session& to, std::string_view octets, std::vector<rfc::finding>& found) {
    using shape = wire::pop3::frame_reader::shape;
    std::vector<rfc::finding> of_syntax;
    wire::pop3::reply r;
    wire::pop3::parse(octets, at, octets.ends_with(".\r\n") ? shape::multi_line_if_ok : shape::single_line, r,
                      of_syntax);
    to.took(r, found);
}

void answer(observe::smtp_session& to, std::string_view octets, std::vector<rfc::finding>& found) {
    std::vector<rfc::finding> of_syntax;
    wire::smtp::reply r;
    wire::smtp::parse(octets, at, wire::smtp::context::other, r, of_syntax);
    to.took(r, found);
}

/// C is sent, R sent raw, T puts TLS in place, L was left over; any other is an answer.
template <typename Session> void play(Session& watched, std::string_view lines) {
    std::vector<rfc::finding> found;
    fuzz::for_each_line(lines, [&](char whose, const std::string& one) {
        switch (whose) {
        case 'C': watched.sent(one); break;
        case 'R': watched.sent_raw(one); break;
        case 'T': watched.secured(); break;
        case 'L': watched.left(one, at, found); break;
        default: answer(watched, one + "\r\n", found); break;
        }
    });
    for (const auto& each : found)
        fuzz::require(each.broken != nullptr && each.at == at && !each.detail.empty() && each.detail.size() < 400);
}

} // namespace

/// The first octet chooses the protocol; POP3 is played twice, so that the second session knows of the first.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const std::string_view octets(reinterpret_cast<const char*>(data) + 1, size - 1);
    if (data[0] == 'p') {
        observe::maildrop_memory memory;
        for (int i = 0; i < 2; ++i) {
            observe::pop3_session watched(&memory);
            play(watched, octets);
        }
        return 0;
    }
    observe::smtp_session watched(data[0] == 'l' ? observe::smtp_session::kind::lmtp
                                                 : observe::smtp_session::kind::smtp);
    play(watched, octets);
    return 0;
}
