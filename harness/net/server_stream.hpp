#pragma once

#include "harness/net/stream.hpp"

namespace mailspec::net {

class server_tls_context;

/// The server's end of a connection.
class server_stream : public stream {
public:
    /// Shakes hands as server. What the client sent after its STARTTLS command is the caller's to throw away: the
    /// stream itself keeps nothing back.
    virtual task<result> start_tls_as_server(const server_tls_context& identity, clock::time_point deadline) = 0;
};

} // namespace mailspec::net
