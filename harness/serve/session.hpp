#pragma once

#include "harness/serve/mischief.hpp"
#include "harness/serve/provider.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

namespace mailspec::serve {

/// What a session is told of the connection it serves; the same for every protocol.
struct session_options {
    enum class tls { unavailable, available } starttls = tls::unavailable;
    enum class channel { plain, secured } over = channel::plain; ///< secured: implicit TLS
    const mischief* breaches = &mischief::none();                ///< outlives the session
    const provider* plays = &provider::none();                   ///< outlives the session
    std::function<std::chrono::sys_seconds()> clock;             ///< the time of day; never empty
};

/// One server session of any protocol, without I/O: octets in, octets out.
///
/// The loop that drives it writes greeting(), then again and again: writes take_output(), does what next() says,
/// and gives what arrived to receive(). All sessions of one store live on one thread.
/// Life: a session may be destroyed at any time (the client went away); that ends it without a farewell.
class session {
public:
    /// What the loop has to do once take_output() is written.
    enum class action {
        read,      ///< await octets, or a wake
        resume,    ///< call receive({}) at once: a whole command is waiting, held back so that output stays small
        start_tls, ///< shake hands as server, then call tls_started(); octets read before it are dropped
        close      ///< close the connection
    };

    virtual ~session() = default;

    /// The first octets to send; called once, first. Empty: none.
    virtual std::string greeting() = 0;

    /// Takes octets as they came, cut anywhere; the answers stand in take_output() afterwards.
    virtual void receive(std::string_view octets) = 0;

    /// Gives what is to be sent, and forgets it; empty: nothing.
    virtual std::string take_output() = 0;

    virtual action next() const = 0;

    /// Called when there is output although nothing was received (IDLE). It may come in the midst of another
    /// session's receive(): the callback must only note it, and not call into this session.
    virtual void set_wake(std::function<void()> wake) = 0;

    /// Told after each handshake, before anything else: the registered name of the ciphersuite.
    virtual void secured_by(std::string_view /*ciphersuite*/) {}

    /// The handshake that action::start_tls asked for was done.
    virtual void tls_started() = 0;
};

} // namespace mailspec::serve
