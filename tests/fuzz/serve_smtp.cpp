#include "harness/serve/smtp/session.hpp"

#include "tests/fuzz/converse.hpp"
#include "tests/fuzz/require.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace {

using namespace mailspec;

/// Replies are whole lines of a code, a space or hyphen, and printable text.
void check_replies(std::string_view out) {
    while (!out.empty()) {
        auto end = out.find("\r\n");
        fuzz::require(end != out.npos && end >= 4);
        auto line = out.substr(0, end);
        fuzz::require(line[0] >= '2' && line[0] <= '5' && (line[3] == ' ' || line[3] == '-'));
        for (char c : line)
            fuzz::require(c >= ' ' && c < '\x7f');
        out.remove_prefix(end + 2);
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
    fuzz::converse(s, {reinterpret_cast<const char*>(data) + 2, size - 2}, data[1] + 1u, check_replies);
    for (const auto& m : mail.find("alice")->inbox().messages())
        fuzz::require(m.octets->starts_with("Return-Path: <") && m.octets->ends_with("\r\n"));
    return 0;
}
