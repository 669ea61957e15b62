#include "harness/wire/pop3/reply.hpp"

#include "tests/fuzz/line_reader.hpp"

/// The first octet says whether the commands' answers are multi-line.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace mailspec;
    using shape = wire::pop3::frame_reader::shape;
    if (size == 0) {
        return 0;
    }
    const std::string_view octets(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto expected = data[0] % 2 == 0 ? shape::single_line : shape::multi_line_if_ok;
    wire::pop3::frame_reader reader({64, 256});
    reader.expect(expected);
    wire::pop3::reply reply;
    std::vector<rfc::finding> findings;
    for (const auto& frame : fuzz::frames_however_cut(reader, octets)) {
        findings.clear();
        wire::pop3::parse(frame, 7, expected, reply, findings);
        fuzz::check(findings, 7, frame.size());
        fuzz::require(reply.payload.size() + reply.text.size() + reply.code.size() <= frame.size());
        fuzz::require(reply.payload.empty() || reply.multi_line);
        wire::pop3::capabilities(reply.payload);
    }
    findings.clear();
    wire::pop3::parse(octets, 0, expected, reply, findings);
    fuzz::check(findings, 0, octets.size());
    wire::pop3::answers_multi_line(octets);
    return 0;
}
