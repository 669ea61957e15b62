#include "harness/wire/sieve/response.hpp"

#include "tests/fuzz/line_reader.hpp"

namespace {

using namespace mailspec;

/// Every node is reached once, from a node before it, and lies within the frame.
void walk(const wire::imap::tree& t, const wire::imap::node& n, std::size_t& seen) {
    fuzz::require(++seen <= t.nodes.size() && std::size_t{n.at} + n.size <= t.frame().size());
    t.text(n);
    for (const auto* c = t.child(n); c != nullptr; c = t.next(*c)) {
        fuzz::require(c > &n);
        walk(t, *c, seen);
    }
}

void read(std::string_view frame, std::uint64_t at, wire::sieve::response& r, std::vector<rfc::finding>& findings) {
    findings.clear();
    wire::sieve::parse(frame, at, r, findings);
    fuzz::check(findings, at, frame.size());
    std::size_t seen = 0;
    walk(r.values, r.values.root(), seen);
    fuzz::require(seen == r.values.nodes.size());
    r.code();
    r.text();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view octets(reinterpret_cast<const char*>(data), size);
    wire::sieve::response r;
    std::vector<rfc::finding> findings;
    for (const auto& frame : fuzz::frames_however_cut(wire::sieve::frame_reader({64, 256}), octets)) {
        read(frame, 7, r, findings);
    }
    read(octets, 0, r, findings);
    return 0;
}
