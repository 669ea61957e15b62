#include "harness/run/target.hpp"

#include "harness/match/ascii.hpp"
#include "harness/match/functions.hpp"

#include <algorithm>

namespace mailspec::run {
namespace {

std::string show(const note& n) { return "; " + n.text + (n.source.empty() ? "" : " See " + n.source); }

} // namespace

security default_security(wire::protocol p) {
    return p == wire::protocol::smtp || p == wire::protocol::lmtp ? security::none : security::starttls;
}

std::uint16_t default_port(wire::protocol p, security s) {
    const bool implicit = s == security::implicit;
    switch (p) {
    case wire::protocol::imap: return implicit ? 993 : 143;
    case wire::protocol::pop3: return implicit ? 995 : 110;
    case wire::protocol::smtp: return 25;
    case wire::protocol::submission: return implicit ? 465 : 587;
    case wire::protocol::lmtp: return 24;
    case wire::protocol::managesieve: return 4190;
    }
    return 0;
}

std::string endpoint::show() const {
    const bool literal6 = host.find(':') != std::string::npos;
    return (literal6 ? '[' + host + ']' : host) + ':' + std::to_string(port);
}

const account* target::plays(std::string_view role) const {
    for (const auto& each : accounts)
        if (each.role == role)
            return &each;
    const auto roles = match::role_names();
    const auto known = std::find(roles.begin(), roles.end(), role);
    if (known == roles.end())
        return nullptr;
    // Those without a role take the roles that nobody has, in order.
    auto nameless = accounts.begin();
    for (auto each = roles.begin(); each != known + 1; ++each) {
        const bool taken =
            std::any_of(accounts.begin(), accounts.end(), [&](const account& a) { return a.role == *each; });
        if (taken)
            continue;
        nameless = std::find_if(nameless, accounts.end(), [](const account& a) { return a.role.empty(); });
        if (nameless == accounts.end())
            return nullptr;
        if (each == known)
            return &*nameless;
        ++nameless;
    }
    return nullptr;
}

std::string explain(const std::vector<note>& notes, std::string_view said) {
    const auto same = [](char a, char b) { return match::lower(a) == match::lower(b); };
    std::string out;
    for (const auto& each : notes)
        if (!each.when.empty() &&
            std::search(said.begin(), said.end(), each.when.begin(), each.when.end(), same) != said.end())
            out += show(each);
    return out;
}

std::string explain_login(const std::vector<note>& notes) {
    std::string out;
    for (const auto& each : notes)
        if (each.when.empty())
            out += show(each);
    return out;
}

bool target::has(wire::protocol p) const {
    return std::any_of(endpoints.begin(), endpoints.end(), [&](const endpoint& e) { return e.protocol == p; });
}

} // namespace mailspec::run
