#pragma once

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace mailspec::net {

using clock = std::chrono::steady_clock;
template <typename T> using task = boost::asio::awaitable<T>;

/// What kept an operation from being done: the world, never the server's manners.
enum class trouble {
    none,
    closed,    ///< the other side closed (end of file)
    reset,     ///< the connection was reset or broken
    timed_out, ///< the deadline passed
    cancelled, ///< we gave up: Ctrl-C
    refused,
    unreachable,
    unknown_host,
    tls_handshake,   ///< the peer does not speak TLS here
    tls_version,     ///< the peer has no TLS as new as 1.2
    tls_certificate, ///< verification failed; the sentence says what and which option relaxes it
    other
};

struct result {
    trouble why = trouble::none;
    std::size_t octets = 0;
    std::string sentence; ///< one clear sentence for people; empty when none
    explicit operator bool() const { return why == trouble::none; }
};

/// How a client goes about TLS. No aggregate, and neither is endpoint: gcc 12 copies aggregate temporaries in a
/// co_await expression bit by bit, which breaks their strings.
struct tls_settings {
    enum class verification { full, none };

    tls_settings() {}
    tls_settings(std::string name, std::string ca, verification v = verification::full)
        : server_name(std::move(name)), ca_file(std::move(ca)), verify(v) {}

    std::string server_name; ///< for SNI and verification; empty: the host connected to
    std::string ca_file;     ///< PEM; empty: the system's
    verification verify = verification::full;
};

/// Who is told when a read that was begun has ended.
class reader {
public:
    virtual void read_ended(result how) = 0;

protected:
    ~reader() = default;
};

/// Reading and writing without a coroutine, for those who do nothing else all day; the rules are those of stream.
class direct {
public:
    /// Gives how many octets went without waiting. None where it failed: stream::write() says why.
    virtual std::size_t write_now(std::string_view octets) = 0;
    /// What is there already; nothing where that has to be waited for.
    virtual std::optional<result> read_now(std::span<char> into) = 0;
    /// Life: `into` and `tells` until then; a stream that is destroyed before tells nobody.
    virtual void read_later(std::span<char> into, clock::time_point now, clock::time_point deadline, reader& tells) = 0;

protected:
    ~direct() = default;
};

/// One connection: TCP, TLS over it, or memory. No operation is without a deadline.
///
/// One read and one write may be under way at a time. Not thread-safe. A cancelled or timed-out operation leaves
/// the stream fit only for close().
class stream {
public:
    virtual ~stream() = default;
    virtual task<result> read_some(std::span<char> into, clock::time_point deadline) = 0;
    virtual task<result> write(std::string_view octets, clock::time_point deadline) = 0;          ///< all of it
    virtual task<result> start_tls(const tls_settings& settings, clock::time_point deadline) = 0; ///< as client
    virtual bool secured() const = 0;
    /// Version and registered name of the ciphersuite: "TLSv1.3, TLS_AES_256_GCM_SHA384".
    virtual std::string tls_description() const { return {}; }
    virtual direct* directly() { return nullptr; } ///< null where it cannot be, as inside TLS
    virtual void cancel() = 0;                     ///< ends the operation under way with trouble::cancelled
    virtual void close() = 0;
};

/// Where to connect.
struct endpoint {
    enum class security { none, starttls, implicit };

    endpoint() {}
    endpoint(std::string h, std::uint16_t p, security s = security::none, tls_settings t = {})
        : host(std::move(h)), port(p), tls(s), tls_options(std::move(t)) {}

    std::string host; ///< name or literal IPv4 or IPv6 address, without brackets
    std::uint16_t port = 0;
    security tls = security::none;
    tls_settings tls_options;
};

struct connection {
    std::unique_ptr<stream> opened; ///< null when it failed
    result how;
};

/// Connects to the first address that answers, and shakes hands where tls is implicit.
task<connection> connect(const endpoint& to, clock::time_point deadline);

} // namespace mailspec::net
