#pragma once

#include "harness/net/server_stream.hpp"
#include "harness/net/tcp_socket.hpp"
#include "harness/net/tls_layer.hpp"
#include "harness/net/watchdog.hpp"

#include <memory>
#include <string>

namespace mailspec::net {

/// A connected TCP socket, with TLS over it once started.
class tcp_stream final : public server_stream, private direct {
public:
    /// Takes a connected socket and the other side: its host as it was asked for.
    tcp_stream(tcp_socket socket, std::string host, std::uint16_t port);
    ~tcp_stream() override;

    task<result> read_some(std::span<char> into, clock::time_point deadline) override;
    task<result> write(std::string_view octets, clock::time_point deadline) override;
    /// As client right after connecting, where no command was needed to begin it.
    task<result> start_implicit_tls(const tls_settings& settings, clock::time_point deadline);
    task<result> start_tls(const tls_settings& settings, clock::time_point deadline) override;
    task<result> start_tls_as_server(const server_tls_context& identity, clock::time_point deadline) override;
    bool secured() const override { return secured_; }
    std::string tls_description() const override;
    direct* directly() override;
    void cancel() override;
    void close() override;

private:
    std::size_t write_now(std::string_view octets) override;
    std::optional<result> read_now(std::span<char> into) override;
    void read_later(std::span<char> into, clock::time_point now, clock::time_point deadline, reader& tells) override;
    task<result> start(const tls_settings& settings, tls_layer::begun when, clock::time_point deadline);
    task<result> shake_hands(tls_layer::begun when, clock::time_point deadline);
    result outcome(boost::system::error_code failed, std::size_t octets, clock::time_point since) const;

    tcp_socket socket_;
    std::shared_ptr<watchdog> watchdog_;
    std::unique_ptr<tls_layer> tls_;
    bool secured_ = false;
    bool written_ = false; ///< since the last read: what is read next is an answer that is still to come
    std::uint16_t port_;
    std::string host_;
};

} // namespace mailspec::net
