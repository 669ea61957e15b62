#pragma once

#include "harness/net/server_stream.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstddef>
#include <memory>

namespace mailspec::net {

/// How one end of a memory connection misbehaves.
struct memory_faults {
    std::size_t fail_at = 0;      ///< which of this end's operations fails, from 1; 0: none
    trouble why = trouble::reset; ///< what it fails with
    std::size_t most_read = 0;    ///< octets that one read gives at most; 0: all there are
    trouble tls = trouble::none;  ///< what TLS fails with where this end starts it as client
};

/// One end of a connection that lives in memory: no ports, no kernel, the same order of things each time.
///
/// What is written is there for the other end at once, however much it is. As with TCP, what is written after the other
/// end closed is lost, and fails only for who has read that it did. TLS is only pretended: starting it
/// succeeds, sets secured() and is described so; an end that has started it cannot read what the other one writes
/// without.
class memory_stream : public server_stream {
public:
    /// How many operations (read_some, write, start_tls) were begun: the bound of a loop over fail_at.
    virtual std::size_t operations() const = 0;
};

struct memory_pair {
    std::unique_ptr<memory_stream> client, server;
};

memory_pair make_memory_pair(const boost::asio::any_io_executor& executor, memory_faults of_client = {},
                             memory_faults of_server = {});

} // namespace mailspec::net
