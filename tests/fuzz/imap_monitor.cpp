#include "harness/observe/imap/session_monitor.hpp"
#include "harness/wire/imap/response.hpp"

#include "tests/fuzz/line_reader.hpp"

#include <algorithm>
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

/// A line says by its first octet whose it is: C and S of the one session, c and s of the other, X and x for a
/// connection closed; "|" in it stands for CRLF. R and r go out without a line end.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view lines(reinterpret_cast<const char*>(data), size);
    observe::imap::scenario_view shared;
    session first(shared), second(shared);
    std::vector<rfc::finding> found;
    while (!lines.empty()) {
        const auto end = std::min(lines.find('\n'), lines.size());
        std::string one(lines.substr(0, end));
        lines.remove_prefix(std::min(end + 1, lines.size()));
        const char whose = one.empty() ? 'S' : one.front();
        one.erase(0, 1);
        for (auto bar = one.find('|'); bar != std::string::npos; bar = one.find('|', bar + 2))
            one.replace(bar, 1, "\r\n");
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
    }
    for (const auto& each : found)
        fuzz::require(each.broken != nullptr && !each.detail.empty() && each.detail.size() < 4000);
    return 0;
}
