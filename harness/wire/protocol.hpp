#pragma once

#include <optional>
#include <string_view>

namespace mailspec::wire {

/// The protocols that a scenario can speak. Submission is SMTP on its own port, with AUTH (RFC 6409);
/// LMTP is RFC 2033, ManageSieve RFC 5804.
enum class protocol { imap, pop3, smtp, submission, lmtp, managesieve };

/// The element and URL name: "imap", "managesieve".
constexpr std::string_view to_string(protocol p) {
    switch (p) {
    case protocol::imap: return "imap";
    case protocol::pop3: return "pop3";
    case protocol::smtp: return "smtp";
    case protocol::submission: return "submission";
    case protocol::lmtp: return "lmtp";
    case protocol::managesieve: return "managesieve";
    }
    return "";
}

/// The protocol of that element and URL name, if it is one.
constexpr std::optional<protocol> protocol_of(std::string_view name) {
    for (auto p :
         {protocol::imap, protocol::pop3, protocol::smtp, protocol::submission, protocol::lmtp, protocol::managesieve})
        if (to_string(p) == name)
            return p;
    return std::nullopt;
}

/// SMTP, submission and LMTP share one reply syntax and one command loop.
constexpr bool speaks_smtp(protocol p) {
    return p == protocol::smtp || p == protocol::submission || p == protocol::lmtp;
}

} // namespace mailspec::wire
