#include "harness/serve/memory_server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mailspec::serve {
namespace {

using testing::HasSubstr;

net::clock::time_point soon() { return net::clock::now() + std::chrono::seconds(5); }

/// What one line of a client is answered, behind the greeting.
net::task<std::string> ask(memory_server& server, net::endpoint at, std::string line) {
    auto made = co_await server.connect(at, soon());
    if (!made.opened)
        co_return made.how.sentence;
    std::string all = made.opened->secured() ? "secured: " : "";
    std::vector<char> room(4096);
    const auto greeting = co_await made.opened->read_some(room, soon());
    all.append(room.data(), greeting.octets);
    co_await made.opened->write(line, soon());
    const auto answer = co_await made.opened->read_some(room, soon());
    all.append(room.data(), answer.octets);
    co_return all;
}

template <typename T> T done(net::task<T> what) {
    boost::asio::io_context context;
    auto result = boost::asio::co_spawn(context, std::move(what), boost::asio::use_future);
    context.run();
    return result.get();
}

std::string ask(memory_server& server, const listening& at, std::string line) {
    const auto tls = at.implicit_tls ? net::endpoint::security::implicit : net::endpoint::security::none;
    return done(ask(server, net::endpoint(at.host, at.port, tls), std::move(line)));
}

TEST(AMemoryServer, SpeaksEveryProtocolAtItsDoor) {
    memory_server server({});
    ASSERT_EQ(server.start(), "");
    EXPECT_EQ(server.endpoints().size(), 8u);
    for (const auto& at : server.endpoints()) {
        const auto said = ask(server, at, "a NOOP\r\n");
        EXPECT_EQ(said.starts_with("secured: "), at.implicit_tls) << said;
        if (at.protocol == wire::protocol::imap)
            EXPECT_THAT(said, HasSubstr("\r\na OK"));
        else
            EXPECT_THAT(said, HasSubstr(at.protocol == wire::protocol::pop3 ? "\r\n-ERR" : "\r\n500"));
    }
}

TEST(AMemoryServer, IsNowhereElse) {
    memory_server server({});
    ASSERT_EQ(server.start(), "");
    for (const std::uint16_t port : {0, 9, 143})
        EXPECT_EQ(done(ask(server, net::endpoint("127.0.0.1", port), "")), "nothing listens there");
}

TEST(AMemoryServer, CommitsItsMischief) {
    options wanted;
    wanted.mischief = {"imap.noop.succeeds"};
    memory_server server(std::move(wanted));
    ASSERT_EQ(server.start(), "");
    EXPECT_THAT(ask(server, server.endpoints()[0], "a NOOP\r\n"), HasSubstr("a NO "));
    options unknown;
    unknown.mischief = {"imap.magic"};
    EXPECT_THAT(memory_server(std::move(unknown)).start(), HasSubstr("imap.magic"));
}

} // namespace
} // namespace mailspec::serve
