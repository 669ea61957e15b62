#pragma once

#include "harness/net/acceptor.hpp"

#include "tests/net/run.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace mailspec::net {

inline endpoint at(std::string host, std::uint16_t port) { return {std::move(host), port}; }

/// Reads until so many octets are there.
inline task<result> read_whole(stream& from, std::string& into, std::size_t octets) {
    std::vector<char> piece(65536);
    while (into.size() < octets) {
        auto got = co_await from.read_some(piece, test::soon());
        if (!got)
            co_return got;
        into.append(piece.data(), got.octets);
    }
    co_return result{};
}

inline task<void> echo(acceptor& door) {
    auto client = co_await door.accept();
    std::vector<char> piece(65536);
    while (client.opened) {
        auto got = co_await client.opened->read_some(piece, test::soon());
        if (!got || !co_await client.opened->write({piece.data(), got.octets}, test::soon()))
            co_return;
    }
}

/// A listener with asio's own means, for peers that misbehave.
struct raw_server {
    explicit raw_server(boost::asio::io_context& c)
        : door(c, boost::asio::ip::tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0)) {}
    std::uint16_t port() const { return door.local_endpoint().port(); }
    boost::asio::ip::tcp::acceptor door;
};

class tcp_test : public testing::Test {
protected:
    std::string ask_echo(const std::string& listening_on, const std::string& asking) {
        auto door = listen(context.get_executor(), listening_on, 0);
        EXPECT_TRUE(door.opened) << door.how.sentence;
        test::along(context, echo(*door.opened));
        auto made = test::run(context, connect(at(asking, door.opened->port()), test::soon()));
        EXPECT_TRUE(made.opened) << made.how.sentence;
        EXPECT_TRUE(test::run(context, made.opened->write("a1 NOOP\r\n", test::soon())));
        std::string back;
        EXPECT_TRUE(test::run(context, read_whole(*made.opened, back, 9)));
        return back;
    }

    /// A client connected to a raw peer.
    std::unique_ptr<stream> connected(raw_server& server, boost::asio::ip::tcp::socket& peer) {
        auto made = test::run(context, connect(at("127.0.0.1", server.port()), test::soon()));
        server.door.accept(peer);
        return std::move(made.opened);
    }

    boost::asio::io_context context{1};
};

} // namespace mailspec::net
