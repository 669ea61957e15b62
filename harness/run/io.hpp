#pragma once

#include "harness/run/target.hpp"
#include "harness/wire/buffer.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace mailspec::run {

/// What kept an operation from being done; as net::trouble, without Asio.
enum class trouble {
    none,
    closed,
    reset,
    timed_out,
    cancelled,
    refused,
    unreachable,
    unknown_host,
    tls_handshake,
    tls_version,
    tls_certificate,
    other
};

/// What the interpreter asks for.
///
/// Life: the views last until the next resume().
struct action {
    enum class kind {
        connect,   ///< line `line` to `to`; shakes hands at once where `to.tls` is implicit
        send,      ///< all of `octets`
        receive,   ///< some octets into the line's buffer
        listen,    ///< the same, but that none come within that time is no fault: the line stays usable
        start_tls, ///< shakes hands, settings as in `to`
        close,     ///< drops the connection
        finished   ///< nothing more: the record is ready
    } what = kind::finished;
    std::size_t line = 0; ///< which connection
    std::string_view octets;
    const endpoint* to = nullptr;
    wire::buffer* into = nullptr; ///< where what is received goes: prepare() and commit()
    std::chrono::milliseconds within{};
};

/// How the action went.
struct event {
    trouble why = trouble::none;
    std::string sentence;           ///< for people, when why is not none
    std::string tls;                ///< after connect and start_tls: "TLSv1.3, ..."; empty: plain
    std::chrono::microseconds at{}; ///< now, since the scenario started
};

} // namespace mailspec::run
