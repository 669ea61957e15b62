#include "harness/observe/imap/session_monitor.hpp"
#include "harness/wire/imap/response.hpp"

#include "tests/fuzz/line_reader.hpp"

#include <string>

namespace {

using namespace mailspec;

/// One of two sessions on the same mailboxes.
struct session {
    explicit session(observe::imap::scenario_view& of) : watched(of) {}
    observe::imap::session_monitor watched;
    std::uint64_t at = 0;
};

void answer(session& to, std::string_view octets, std::vector<rfc::finding>& found) {
    std::vector<rfc::finding> of_syntax;
    wire::imap::response r;
    wire::imap::parse(octets, to.at, r, of_syntax);
    to.watched.received(r, found);
    to.at += octets.size();
}

} // namespace

/// C and S are of the one session, c and s of the other, X and x close a connection; R and r go out without a line end.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view lines(reinterpret_cast<const char*>(data), size);
    observe::imap::scenario_view shared;
    session first(shared), second(shared);
    std::vector<rfc::finding> found;
    fuzz::for_each_line(lines, [&](char whose, const std::string& one) {
        auto& s = whose >= 'a' ? second : first;
        switch (whose) {
        case 'C':
        case 'c': s.watched.sent(one + "\r\n"); break;
        case 'R':
        case 'r': s.watched.sent(one); break;
        case 'X':
        case 'x': s.watched.closed(s.at, found); break;
        default: answer(s, one + "\r\n", found); break;
        }
    });
    for (const auto& each : found)
        fuzz::require(each.broken != nullptr && !each.detail.empty() && each.detail.size() < 4000);
    return 0;
}
