#pragma once

#include "harness/net/server_stream.hpp"
#include "harness/serve/session.hpp"

#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <memory>
#include <vector>

namespace mailspec::net {
class server_tls_context;
}

namespace mailspec::serve {

/// Lets one session speak over one stream, until one of them ends.
///
/// Life: shared by its own coroutines; cancel() ends them.
class connection : public std::enable_shared_from_this<connection> {
public:
    /// Gives the server's certificate; called at the first use of TLS, may throw.
    using identity = std::function<const net::server_tls_context&()>;

    connection(std::unique_ptr<net::server_stream> stream, std::unique_ptr<session> served, identity certificate);

    /// Takes whether the client begins with a TLS handshake.
    enum class opening { plain, tls };
    net::task<void> run(opening how);

    /// Ends it at once, from the thread that runs it.
    void cancel();

private:
    net::task<bool> start_tls();
    net::task<bool> read();
    net::task<bool> flush();
    net::task<bool> proceed();
    net::task<bool> open(opening how);
    void wake();

    std::unique_ptr<net::server_stream> stream_;
    std::unique_ptr<session> session_;
    identity certificate_;
    std::vector<char> buffer_;
    std::unique_ptr<boost::asio::steady_timer> written_; ///< waited on while another coroutine writes
    bool writing_ = false;
    bool woken_ = false;
};

} // namespace mailspec::serve
