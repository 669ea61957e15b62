#include "harness/serve/pop3/session.hpp"

#include "tests/fuzz/converse.hpp"
#include "tests/fuzz/require.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace {

using namespace mailspec;

void put(serve::store& mail, std::string_view octets) {
    serve::stored_message m;
    m.octets = std::make_shared<const std::string>(octets);
    mail.find("a")->inbox().add(std::move(m), nullptr);
}

} // namespace

/// The first octet says how the rest is cut; what follows "\n\n\n" is a message in the maildrop, before it the
/// dialogue.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 1)
        return 0;
    std::string_view said(reinterpret_cast<const char*>(data) + 1, size - 1);
    auto end = said.find("\n\n\n");
    serve::store mail;
    mail.add_account("a", "b");
    if (end != said.npos)
        put(mail, said.substr(end + 3));
    put(mail, "Subject: x\r\n\r\n.\r\n");
    serve::session_options o;
    o.starttls = serve::session_options::tls::available;
    o.clock = [] { return std::chrono::sys_seconds{}; };
    {
        serve::pop3::session s(mail, o);
        fuzz::require(s.greeting().starts_with("+OK"));
        fuzz::converse(s, said.substr(0, end), data[0] + 1u,
                       [](std::string_view out) { fuzz::require(out.empty() || out.ends_with("\r\n")); });
    }
    fuzz::require(!mail.find("a")->maildrop_locked);
    return 0;
}
