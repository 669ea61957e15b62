#include "harness/net/resolver.hpp"
#include "harness/net/sentences.hpp"
#include "harness/net/tcp_stream.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/this_coro.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace mailspec::net {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

struct attempt {
    std::optional<tcp_socket> connected;
    result how;
};

/// Asio goes on watching for room to write, which costs a wake-up per answer, unless it learns of the socket anew.
tcp_socket afresh(tcp_socket& connected) {
    const auto protocol = connected.local_endpoint().protocol();
    return tcp_socket(connected.get_executor(), protocol, connected.release());
}

task<attempt> try_address(const std::string& address, std::uint16_t port, std::string peer,
                          clock::time_point deadline) {
    boost::system::error_code failed;
    tcp::endpoint at(asio::ip::make_address(address, failed), port);
    if (failed)
        co_return attempt{{}, explain(failed, peer)};
    auto since = clock::now();
    tcp_socket socket(plain_executor(co_await asio::this_coro::executor));
    auto watch = std::make_shared<watchdog>(socket);
    {
        watchdog::guard guard(*watch, watchdog::side::writing, deadline);
        std::tie(failed) = co_await socket.async_connect(at, asio::as_tuple(asio::deferred));
    }
    auto why = watch->verdict();
    watch->retire();
    if (!failed)
        co_return attempt{afresh(socket), {}};
    if (why != trouble::none)
        co_return attempt{{}, explain_end(why, peer, clock::now() - since)};
    co_return attempt{{}, explain(failed, peer)};
}

/// Of several addresses' failures the one that tells most of the host.
int telling(trouble t) {
    switch (t) {
    case trouble::cancelled: return 5;
    case trouble::refused: return 4;
    case trouble::reset: return 3;
    case trouble::timed_out: return 2;
    case trouble::unreachable: return 1;
    default: return 0;
    }
}

/// Each address gets an equal part of the time that is left, so that one that swallows packets leaves some to the
/// others.
clock::time_point share(clock::time_point deadline, std::size_t addresses_left) {
    if (addresses_left < 2 || deadline == clock::time_point::max())
        return deadline;
    auto now = clock::now();
    return now + (deadline - now) / static_cast<long>(addresses_left);
}

std::string tried(const std::vector<std::string>& addresses) {
    return addresses.size() < 2 ? std::string() : fmt::format(" (tried {})", fmt::join(addresses, ", "));
}

} // namespace

task<connection> connect(const endpoint& to, clock::time_point deadline, resolver& names) {
    auto since = clock::now();
    auto peer = display_name(to.host, to.port);
    auto known = co_await names.resolve(to.host, deadline);
    if (!known.how)
        co_return connection{nullptr, std::move(known.how)};
    result worst;
    for (std::size_t i = 0; i != known.addresses.size(); ++i) {
        auto until = share(deadline, known.addresses.size() - i);
        auto got = co_await try_address(known.addresses[i], to.port, peer, until);
        if (got.connected) {
            auto made = std::make_unique<tcp_stream>(std::move(*got.connected), to.host, to.port);
            result how;
            if (to.tls == endpoint::security::implicit)
                how = co_await made->start_implicit_tls(to.tls_options, deadline);
            if (!how)
                made.reset();
            co_return connection{std::move(made), std::move(how)};
        }
        if (worst.why == trouble::none || telling(got.how.why) > telling(worst.why))
            worst = std::move(got.how);
        if (worst.why == trouble::cancelled)
            break;
    }
    if (worst.why == trouble::timed_out)
        worst = explain_end(trouble::timed_out, peer, clock::now() - since);
    worst.sentence += tried(known.addresses);
    co_return connection{nullptr, std::move(worst)};
}

task<connection> connect(const endpoint& to, clock::time_point deadline) {
    system_resolver names;
    co_return co_await connect(to, deadline, names);
}

} // namespace mailspec::net
