#pragma once

#include "harness/net/server_stream.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <memory>
#include <string>

namespace mailspec::net {

struct accepted {
    std::unique_ptr<server_stream> opened; ///< null when it failed
    result how;
};

/// Listens on one address. Not thread-safe.
class acceptor {
public:
    virtual ~acceptor() = default;
    /// Waits for the next client, without deadline: cancel() ends it. After any trouble but cancelled it may be
    /// called again.
    virtual task<accepted> accept() = 0;
    virtual std::uint16_t port() const = 0; ///< the one taken when 0 was asked for
    /// Ends accept() under way, and each later one, with trouble::cancelled.
    virtual void cancel() = 0;
};

struct listened {
    std::unique_ptr<acceptor> opened; ///< null when it failed
    result how;
};

/// Takes   a literal IPv4 or IPv6 address or "localhost" (127.0.0.1), and a port; 0: a free one.
listened listen(const boost::asio::any_io_executor& executor, const std::string& host, std::uint16_t port);

} // namespace mailspec::net
