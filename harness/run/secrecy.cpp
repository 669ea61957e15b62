#include "harness/run/secrecy.hpp"

#include "harness/run/abandoned.hpp"

#include <algorithm>

namespace mailspec::run {
namespace {

/// The target's own word, not that of the session.
bool demands_tls(const target& against, const endpoint& door) {
    return std::ranges::any_of(against.endpoints, [&](const endpoint& each) {
        return each.protocol == door.protocol && each.host == door.host && each.port == door.port &&
               each.tls != security::none;
    });
}

bool may_be_shown(const endpoint& door, const account& who) {
    return is_loopback(door.host) && who.inbox == disposal::disposable;
}

} // namespace

/// 127.example.com may be anywhere.
bool is_loopback(std::string_view host) {
    const bool is_address = host.find_first_not_of("0123456789.") == std::string_view::npos;
    return host == "localhost" || host == "::1" || (is_address && host.starts_with("127."));
}

void keep_secret(const play& of, const party& p, const scenario::step& at) {
    if (p.over.secured || !demands_tls(of.against, p.over.door))
        return;
    constexpr std::string_view secret = ".password";
    for (const auto& [name, where] : std::get<scenario::command>(at.what).text.names()) {
        const auto* who =
            name.ends_with(secret) ? of.against.plays(name.substr(0, name.size() - secret.size())) : nullptr;
        if (who && !may_be_shown(p.over.door, *who))
            throw abandoned{
                verdict::outcome::unsupported,
                "line " + std::to_string(at.where.line) + " would send the password of " + who->user +
                    " without the TLS that the target demands, which is done on loopback only, for accounts "
                    "marked disposable=\"yes\""};
    }
}

} // namespace mailspec::run
