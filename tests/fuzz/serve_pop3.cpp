#include "harness/serve/pop3/session.hpp"

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

void put(serve::store& mail, std::string_view octets) {
    serve::stored_message m;
    m.octets = std::make_shared<const std::string>(octets);
    mail.find("a")->inbox().add(std::move(m), nullptr);
}

void converse(serve::session& s, std::string_view octets, std::size_t at_once) {
    while (s.next() != serve::session::action::close) {
        auto out = s.take_output();
        demand(out.empty() || out.ends_with("\r\n"));
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
        demand(s.greeting().starts_with("+OK"));
        converse(s, said.substr(0, end), data[0] + 1u);
    }
    demand(!mail.find("a")->maildrop_locked);
    return 0;
}
