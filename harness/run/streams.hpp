#pragma once

#include "harness/net/stream.hpp"
#include "harness/run/io.hpp"
#include "harness/run/target.hpp"

namespace mailspec::run {

// What an asker says of connections, in the words of streams, and back.

trouble in_run(net::trouble t);
net::tls_settings tls_of(const endpoint& door);
net::endpoint in_net(const endpoint& door);

/// What is told where no stream says it.
event failed(trouble why, std::string_view sentence);
event cancelled();

} // namespace mailspec::run
