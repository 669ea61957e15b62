#include "harness/serve/memory_server.hpp"

#include "harness/net/memory.hpp"
#include "harness/net/server_tls_context.hpp"
#include "harness/serve/service.hpp"
#include "harness/serve/site.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>

#include <utility>

namespace mailspec::serve {

namespace asio = boost::asio;

namespace {

/// One for all: nobody looks at it.
const net::server_tls_context& identity() {
    static const net::server_tls_context made(net::certificate_authority().issue());
    return made;
}

} // namespace

struct memory_server::state {
    explicit state(options o) : serves(std::move(o)) {}

    site serves;
    std::vector<listening> endpoints;
};

memory_server::memory_server(options o) : state_(std::make_unique<state>(std::move(o))) {}

memory_server::~memory_server() = default;

std::string memory_server::start() {
    std::uint16_t port = 0;
    for (const auto& s : services) {
        const auto implicit = s.opening == connection::opening::tls;
        ++port;
        if (!implicit || state_->serves.has_tls())
            state_->endpoints.push_back({s.spoken, state_->serves.wanted().host, port, implicit});
    }
    return state_->serves.prepare();
}

const std::vector<listening>& memory_server::endpoints() const { return state_->endpoints; }

const std::vector<options::user>& memory_server::users() const { return state_->serves.wanted().users; }

net::task<net::connection> memory_server::connect(const net::endpoint& to, net::clock::time_point deadline) {
    net::connection made;
    if (to.port == 0 || to.port > std::size(services)) {
        made.how = {net::trouble::refused, 0, "nothing listens there"};
        co_return made;
    }
    const auto& s = services[to.port - 1];
    const auto on = co_await asio::this_coro::executor;
    net::memory_faults of_client;
    if (state_->serves.has_only_old_tls())
        of_client.tls = net::trouble::tls_version;
    auto ends = net::make_memory_pair(on, of_client);
    auto served = std::make_shared<connection>(std::move(ends.server),
                                               state_->serves.make_session(s.spoken, s.channel()), identity);
    asio::co_spawn(on, served->run(s.opening), [served](const std::exception_ptr&) {});
    made.opened = std::move(ends.client);
    if (to.tls == net::endpoint::security::implicit)
        made.how = co_await made.opened->start_tls(to.tls_options, deadline);
    co_return made;
}

} // namespace mailspec::serve
