#include "harness/wire/smtp/reply.hpp"

#include "tests/fuzz/line_reader.hpp"

/// The first octet says what is being answered.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace mailspec;
    if (size == 0) {
        return 0;
    }
    const std::string_view octets(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto context = static_cast<wire::smtp::context>(data[0] % 3);
    wire::smtp::reply reply;
    std::vector<rfc::finding> findings;
    for (const auto& frame : fuzz::frames_however_cut(wire::smtp::frame_reader({64, 256}), octets)) {
        findings.clear();
        wire::smtp::parse(frame, 7, context, reply, findings);
        fuzz::check(findings, 7, frame.size());
        fuzz::require(!reply.lines.empty() && reply.code >= 0 && reply.code <= 999);
        for (const auto& line : reply.lines) {
            fuzz::require(line.at >= 7 && line.at + line.text.size() <= 7 + frame.size());
        }
        wire::smtp::ehlo_keywords(reply);
    }
    findings.clear();
    wire::smtp::parse(octets, 0, context, reply, findings);
    fuzz::check(findings, 0, octets.size());
    return 0;
}
