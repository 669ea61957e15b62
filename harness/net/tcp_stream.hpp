#pragma once

#include "harness/net/stream.hpp"
#include "harness/net/watchdog.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <memory>
#include <string>

namespace mailspec::net {

/// A connected TCP socket, with TLS over it once started.
class tcp_stream final : public stream {
public:
    /// Takes a connected socket, and the other side's name for sentences.
    tcp_stream(boost::asio::ip::tcp::socket socket, std::string peer);
    ~tcp_stream() override;

    task<result> read_some(std::span<char> into, clock::time_point deadline) override;
    task<result> write(std::string_view octets, clock::time_point deadline) override;
    task<result> start_tls(const tls_settings& settings, clock::time_point deadline) override;
    bool secured() const override;
    void cancel() override;
    void close() override;

private:
    result outcome(boost::system::error_code failed, std::size_t octets, clock::time_point since) const;

    boost::asio::ip::tcp::socket socket_;
    std::shared_ptr<watchdog> watchdog_;
    std::string peer_;
    bool written_ = false; ///< since the last read: what is read next is an answer that is still to come
};

} // namespace mailspec::net
