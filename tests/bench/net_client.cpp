// The same load as bench_bare_client through harness/net alone: what the room itself costs.
//
// usage: bench_net_client PORT CONNECTIONS IN_FLIGHT COMMANDS     COMMANDS on each connection
// prints "microseconds of CPU per command"

#include "harness/net/stream.hpp"

#include "tests/bench/cpu.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

namespace mailspec::bench {
namespace {

using namespace std::chrono_literals;

net::clock::time_point soon() { return net::clock::now() + 30s; }

net::task<void> ping_pong(net::stream& with, std::size_t in_flight, std::size_t commands) {
    std::string batch;
    for (std::size_t i = 0; i < in_flight; ++i)
        batch += "a1 NOOP\r\n";
    std::array<char, 4096> room;
    while (commands != 0) {
        auto awaited = std::min(in_flight, commands);
        commands -= awaited;
        auto octets = std::string_view(batch).substr(0, awaited * (batch.size() / in_flight));
        if (!co_await with.write(octets, soon()))
            std::abort();
        while (awaited != 0) {
            auto got = co_await with.read_some(room, soon());
            if (!got)
                std::abort();
            awaited -= static_cast<std::size_t>(std::count(room.data(), room.data() + got.octets, '\n'));
        }
    }
}

net::task<void> open(std::uint16_t port, std::unique_ptr<net::stream>& into) {
    net::endpoint to("127.0.0.1", port);
    auto made = co_await net::connect(to, soon());
    std::array<char, 200> greeting;
    if (!made.opened || !co_await made.opened->read_some(greeting, soon()))
        std::abort();
    into = std::move(made.opened);
}

} // namespace
} // namespace mailspec::bench

int main(int count, char** arguments) {
    namespace asio = boost::asio;
    using namespace mailspec;
    if (count != 5) {
        std::fprintf(stderr, "usage: bench_net_client PORT CONNECTIONS IN_FLIGHT COMMANDS\n");
        return 2;
    }
    auto number = [&](int i) { return std::strtoul(arguments[i], nullptr, 10); };
    asio::io_context context{1};
    std::vector<std::unique_ptr<net::stream>> streams(number(2));
    auto left = streams.size();
    const auto one_less = [&](const std::exception_ptr&) { --left; };
    for (auto& one : streams)
        asio::co_spawn(context, bench::open(static_cast<std::uint16_t>(number(1)), one), one_less);
    while (left != 0)
        context.run_one();
    left = streams.size();
    auto before = bench::cpu_used();
    for (auto& one : streams)
        asio::co_spawn(context, bench::ping_pong(*one, number(3), number(4)), one_less);
    while (left != 0)
        context.run_one();
    std::printf("%.3f\n", (bench::cpu_used() - before) / static_cast<double>(number(2) * number(4)));
}
