#include "harness/rfc/finding.hpp"
#include "harness/serve/imap/session.hpp"
#include "harness/wire/buffer.hpp"
#include "harness/wire/imap/frame_reader.hpp"
#include "harness/wire/imap/response.hpp"

#include "tests/fuzz/require.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

namespace {

using namespace mailspec;

/// What a session answers when the octets come in pieces of that size. `logged_in`: the mailbox is selected first.
std::string answer(std::string_view said, std::size_t piece, bool logged_in) {
    serve::store mail;
    mail.add_account("a", "b");
    serve::session_options o;
    o.starttls = serve::session_options::tls::available;
    o.clock = [] { return std::chrono::sys_seconds{}; };
    serve::imap_session s(mail, o);
    std::string out = s.greeting();
    std::string before = "x LOGIN a b\r\nx SELECT INBOX\r\nx APPEND INBOX {19+}\r\nSubject: x\r\n\r\nbody\r\n\r\n";
    if (logged_in)
        s.receive(before);
    out += s.take_output();
    while (s.next() != serve::session::action::close && !said.empty()) {
        if (s.next() == serve::session::action::start_tls)
            return out; // what comes before TLS is dropped, so that the cut decides
        auto octets = s.next() == serve::session::action::resume ? std::string_view{} : said.substr(0, piece);
        s.receive(octets);
        said.remove_prefix(octets.size());
        out += s.take_output();
    }
    while (s.next() == serve::session::action::resume) {
        s.receive({});
        out += s.take_output();
    }
    return out;
}

/// Our own parser must find nothing to report in what our own server says.
void demand_grammar(const std::string& octets) {
    wire::buffer buffer;
    std::ranges::copy(octets, buffer.prepare(octets.size()).begin());
    buffer.commit(octets.size());
    wire::imap::frame_reader reader;
    wire::imap::response response;
    std::vector<rfc::finding> findings;
    for (auto r = reader.next(buffer); r.what == wire::reading::kind::ready; r = reader.next(buffer))
        wire::imap::parse(buffer.bytes(r.got), r.got.at, response, findings);
    for (const auto& f : findings)
        std::fprintf(stderr, "%s: %s\n", std::string(f.broken->id).c_str(), f.detail.c_str());
    fuzz::require(findings.empty());
}

} // namespace

/// The first octet says how the rest is cut, its highest bit whether a mailbox is selected; challenges are random,
/// so that a dialogue with AUTHENTICATE is only played.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 1)
        return 0;
    std::string said(reinterpret_cast<const char*>(data) + 1, size - 1);
    bool logged_in = (data[0] & 0x80) != 0;
    auto cut = answer(said, (data[0] & 0x7f) + 1u, logged_in);
    demand_grammar(cut);
    std::ranges::transform(said, said.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    if (said.find("AUTHENTICATE") == said.npos && said.find("STARTTLS") == said.npos)
        fuzz::require(cut == answer({reinterpret_cast<const char*>(data) + 1, size - 1}, size, logged_in));
    return 0;
}
