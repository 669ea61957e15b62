#pragma once

#include "harness/net/stream.hpp"

#include <string>
#include <vector>

namespace mailspec::net {

/// The addresses of a host, as literals in the order to be tried; none: `how` says why.
struct resolution {
    std::vector<std::string> addresses;
    result how;
};

/// Finds the addresses of hosts.
class resolver {
public:
    virtual ~resolver() = default;
    virtual task<resolution> resolve(const std::string& host, clock::time_point deadline) = 0;
};

/// Asks the system (getaddrinfo), each time on a thread of its own that is left behind when the deadline passes or
/// the asking coroutine is cancelled or destroyed, since a lookup under way cannot be stopped.
class system_resolver final : public resolver {
public:
    task<resolution> resolve(const std::string& host, clock::time_point deadline) override;
};

/// As connect() of stream.hpp, with the resolver given.
task<connection> connect(const endpoint& to, clock::time_point deadline, resolver& names);

} // namespace mailspec::net
