#pragma once

#include "harness/serve/connection.hpp"
#include "harness/serve/session.hpp"
#include "harness/wire/protocol.hpp"

namespace mailspec::serve {

/// One door of the built-in server.
struct service {
    wire::protocol spoken;
    connection::opening opening;

    session_options::channel channel() const {
        return opening == connection::opening::tls ? session_options::channel::secured
                                                   : session_options::channel::plain;
    }
};

/// All of them, in the order of the ports.
inline constexpr service services[] = {
    {wire::protocol::imap, connection::opening::plain},     {wire::protocol::imap, connection::opening::tls},
    {wire::protocol::pop3, connection::opening::plain},     {wire::protocol::pop3, connection::opening::tls},
    {wire::protocol::smtp, connection::opening::plain},     {wire::protocol::submission, connection::opening::plain},
    {wire::protocol::submission, connection::opening::tls}, {wire::protocol::lmtp, connection::opening::plain},
};

} // namespace mailspec::serve
