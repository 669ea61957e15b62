// Server octets of any kind, cut anywhere, make the same responses, trees and findings, and do no harm.
#include "harness/wire/imap/frame_reader.hpp"
#include "harness/wire/imap/response.hpp"
#include "harness/wire/imap/views.hpp"

#include "tests/fuzz/require.hpp"
#include "tests/support/chop.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace mailspec;

constexpr wire::limits most{512, 2048};

struct outcome {
    std::vector<std::size_t> sizes;
    std::vector<std::size_t> nodes;
    std::vector<std::uint64_t> findings;
    wire::fault why = wire::fault::none;
    std::uint64_t announced = 0;
};

std::size_t deepest(const wire::imap::tree& t, const wire::imap::node& n) {
    std::size_t below = 0;
    for (const auto& c : wire::imap::children(t, n)) {
        fuzz::require(std::size_t{c.at} + c.size <= t.frame().size());
        below = std::max(below, deepest(t, c));
    }
    return below + 1;
}

void look_at(const wire::imap::response& r) {
    using namespace wire::imap;
    fuzz::require(deepest(r.values, r.values.root()) <= max_depth + 2);
    (void)find_fetch_item(r, "UID");
    (void)flags_of(r);
    (void)list_of(r);
    (void)status_item(r, "MESSAGES");
    (void)capabilities_of(r);
    (void)find_esearch_item(r, "COUNT");
    (void)code_number(r, "UIDNEXT");
    (void)appenduid_of(r);
    (void)copyuid_of(r);
    (void)vanished_of(r);
    fuzz::require(r.tag().size() + r.name().size() <= r.values.frame().size());
    for (const node& n : r.values.nodes) {
        fuzz::require(r.values.text(n).size() <= n.size);
    }
}

outcome read(const test::pieces& arriving) {
    wire::buffer in;
    wire::imap::frame_reader reader(most);
    wire::imap::response reused;
    std::vector<rfc::finding> findings;
    outcome out;
    for (const auto piece : arriving) {
        test::feed(in, piece);
        auto got = reader.next(in);
        for (; got.what == wire::reading::kind::ready; got = reader.next(in)) {
            wire::imap::parse(in.bytes(got.got), got.got.at, reused, findings);
            look_at(reused);
            out.sizes.push_back(got.got.size);
            out.nodes.push_back(reused.values.nodes.size());
            in.release(got.got.at + got.got.size);
        }
        out.why = got.why;
        out.announced = got.announced;
        if (out.why != wire::fault::none) {
            break;
        }
    }
    for (const auto& f : findings) {
        fuzz::require(f.broken != nullptr && f.at <= in.end());
        out.findings.push_back(f.at);
    }
    return out;
}

void expect_same(const outcome& a, const outcome& b) {
    fuzz::require(a.why == b.why && a.announced == b.announced);
    fuzz::require(a.sizes == b.sizes && a.nodes == b.nodes && a.findings == b.findings);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view octets(reinterpret_cast<const char*>(data), size);
    const outcome whole = read({octets});
    expect_same(read(test::in_pieces_of(1, octets)), whole);
    const std::size_t cut = size > 0 ? data[0] * size / 256 : 0;
    expect_same(read({octets.substr(0, cut), octets.substr(cut)}), whole);

    wire::imap::response alone;
    std::vector<rfc::finding> findings;
    wire::imap::parse(octets, 0, alone, findings);
    look_at(alone);
    return 0;
}
