#include "harness/serve/smtp/session.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace mailspec;

void demand(bool held) {
    if (!held)
        std::abort();
}

/// Replies are whole lines of a code, a space or hyphen, and printable text.
void check_replies(std::string_view out) {
    while (!out.empty()) {
        auto end = out.find("\r\n");
        demand(end != out.npos && end >= 4);
        auto line = out.substr(0, end);
        demand(line[0] >= '2' && line[0] <= '5' && (line[3] == ' ' || line[3] == '-'));
        for (char c : line)
            demand(c >= ' ' && c < '\x7f');
        out.remove_prefix(end + 2);
    }
}

void converse(serve::session& s, std::string_view octets, std::size_t at_once) {
    while (s.next() != serve::session::action::close) {
        check_replies(s.take_output());
        if (s.next() == serve::session::action::start_tls)
            s.tls_started();
        if (octets.empty() && s.next() == serve::session::action::read)
            return;
        auto piece = s.next() == serve::session::action::resume ? std::string_view{} : octets.substr(0, at_once);
        s.receive(piece);
        octets.remove_prefix(piece.size());
    }
}

} // namespace

/// The first octet says which protocol is spoken, the second how the rest is cut.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2)
        return 0;
    static constexpr wire::protocol roles[] = {wire::protocol::smtp, wire::protocol::submission, wire::protocol::lmtp};
    serve::store mail;
    mail.add_account("alice", "secret");
    serve::session_options o;
    o.starttls = serve::session_options::tls::available;
    o.clock = [] { return std::chrono::sys_seconds{}; };
    serve::smtp::session s(mail, roles[data[0] % 3], o);
    check_replies(s.greeting());
    converse(s, {reinterpret_cast<const char*>(data) + 2, size - 2}, data[1] + 1u);
    for (const auto& m : mail.find("alice")->inbox().messages())
        demand(m.octets->starts_with("Return-Path: <") && m.octets->ends_with("\r\n"));
    return 0;
}
