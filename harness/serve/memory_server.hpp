#pragma once

#include "harness/net/stream.hpp"
#include "harness/serve/server.hpp"

#include <memory>
#include <string>
#include <vector>

namespace mailspec::serve {

/// The reference server without sockets and threads, for tests that start hundreds of it: a connection is a piece of
/// memory, and the server's end of it works on the executor of whoever connects. TLS is only pretended.
///
/// Life: outlives the executor's work.
class memory_server {
public:
    explicit memory_server(options o);
    ~memory_server();
    memory_server(const memory_server&) = delete;
    memory_server& operator=(const memory_server&) = delete;

    /// Gives an empty text, else the sentence that says why not.
    std::string start();

    /// The doors; their ports are only names for connect().
    const std::vector<listening>& endpoints() const;
    const std::vector<options::user>& users() const;

    /// What net::connect() is elsewhere.
    net::task<net::connection> connect(const net::endpoint& to, net::clock::time_point deadline);

private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace mailspec::serve
