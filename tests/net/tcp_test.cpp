#include "harness/net/acceptor.hpp"
#include "harness/net/resolver.hpp"

#include "tests/net/run.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <list>

namespace mailspec::net {
namespace {

using namespace std::chrono_literals;
using boost::asio::ip::tcp;
using test::along;
using test::run;
using testing::HasSubstr;
using testing::MatchesRegex;

clock::time_point within(clock::duration d) { return clock::now() + d; }

endpoint at(std::string host, std::uint16_t port) { return {std::move(host), port}; }

/// Reads until so many octets are there.
task<result> read_whole(stream& from, std::string& into, std::size_t octets, clock::duration patience = 5s) {
    std::vector<char> piece(65536);
    while (into.size() < octets) {
        auto got = co_await from.read_some(piece, within(patience));
        if (!got)
            co_return got;
        into.append(piece.data(), got.octets);
    }
    co_return result{};
}

task<void> echo(acceptor& door) {
    auto client = co_await door.accept();
    std::vector<char> piece(65536);
    while (client.opened) {
        auto got = co_await client.opened->read_some(piece, within(5s));
        if (!got || !co_await client.opened->write({piece.data(), got.octets}, within(5s)))
            co_return;
    }
}

/// A listener with asio's own means, for peers that misbehave.
struct raw_server {
    explicit raw_server(boost::asio::io_context& c)
        : door(c, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0)) {}
    std::uint16_t port() const { return door.local_endpoint().port(); }
    tcp::acceptor door;
};

class Tcp : public testing::Test {
protected:
    std::string ask_echo(const std::string& listening_on, const std::string& asking) {
        auto door = listen(context.get_executor(), listening_on, 0);
        EXPECT_TRUE(door.opened) << door.how.sentence;
        along(context, echo(*door.opened));
        auto made = run(context, connect(at(asking, door.opened->port()), within(5s)));
        EXPECT_TRUE(made.opened) << made.how.sentence;
        EXPECT_TRUE(run(context, made.opened->write("a1 NOOP\r\n", within(5s))));
        std::string back;
        EXPECT_TRUE(run(context, read_whole(*made.opened, back, 9)));
        return back;
    }

    /// A client connected to a raw peer.
    std::unique_ptr<stream> connected(raw_server& server, tcp::socket& peer) {
        auto made = run(context, connect(at("127.0.0.1", server.port()), within(5s)));
        server.door.accept(peer);
        return std::move(made.opened);
    }

    boost::asio::io_context context{1};
};

TEST_F(Tcp, CarriesOctetsOverIpv4) { EXPECT_EQ(ask_echo("127.0.0.1", "127.0.0.1"), "a1 NOOP\r\n"); }
TEST_F(Tcp, CarriesOctetsOverIpv6) { EXPECT_EQ(ask_echo("::1", "::1"), "a1 NOOP\r\n"); }
TEST_F(Tcp, FindsAHostByName) { EXPECT_EQ(ask_echo("localhost", "localhost"), "a1 NOOP\r\n"); }

TEST_F(Tcp, CarriesMoreThanTheKernelBuffers) {
    auto door = listen(context.get_executor(), "127.0.0.1", 0);
    along(context, echo(*door.opened));
    auto made = run(context, connect(at("127.0.0.1", door.opened->port()), within(5s)));
    std::string much(20'000'000, 'x');
    for (std::size_t i = 0; i < much.size(); i += 997)
        much[i] = static_cast<char>('a' + i % 26);
    std::string back;
    result sent;
    along(context, [](stream& to, const std::string& all, result& how) -> task<void> {
        how = co_await to.write(all, within(10s));
    }(*made.opened, much, sent));
    EXPECT_TRUE(run(context, read_whole(*made.opened, back, much.size())));
    EXPECT_TRUE(sent);
    EXPECT_EQ(sent.octets, much.size());
    EXPECT_TRUE(back == much);
}

TEST_F(Tcp, SaysWhichPortRefused) {
    auto door = listen(context.get_executor(), "127.0.0.1", 0);
    auto port = door.opened->port();
    door.opened->cancel();
    auto made = run(context, connect(at("127.0.0.1", port), within(5s)));
    EXPECT_FALSE(made.opened);
    EXPECT_EQ(made.how.why, trouble::refused);
    EXPECT_EQ(made.how.sentence, "127.0.0.1:" + std::to_string(port) + " refused the connection");
}

TEST_F(Tcp, WritesIpv6AddressesInBrackets) {
    auto door = listen(context.get_executor(), "::1", 0);
    auto port = door.opened->port();
    door.opened->cancel();
    auto made = run(context, connect(at("::1", port), within(5s)));
    EXPECT_EQ(made.how.sentence, "[::1]:" + std::to_string(port) + " refused the connection");
}

TEST_F(Tcp, SaysThatAHostIsNotKnown) {
    auto made = run(context, connect(at("x.invalid", 143), within(5s)));
    EXPECT_FALSE(made.opened);
    EXPECT_EQ(made.how.why, trouble::unknown_host);
    EXPECT_EQ(made.how.sentence, "host x.invalid is not known");
}

struct fixed_resolver final : resolver {
    explicit fixed_resolver(std::vector<std::string> a) : addresses(std::move(a)) {}
    task<resolution> resolve(const std::string&, clock::time_point) override { co_return resolution{addresses, {}}; }
    std::vector<std::string> addresses;
};

TEST_F(Tcp, TriesEachAddressInTurn) {
    auto door = listen(context.get_executor(), "127.0.0.1", 0);
    fixed_resolver names({"::1", "127.0.0.2", "127.0.0.1"});
    auto made = run(context, connect(at("mail.example", door.opened->port()), within(5s), names));
    EXPECT_TRUE(made.opened) << made.how.sentence;
}

TEST_F(Tcp, NamesTheAddressesItTriedInVain) {
    auto door = listen(context.get_executor(), "127.0.0.1", 0);
    auto port = door.opened->port();
    door.opened->cancel();
    fixed_resolver names({"127.0.0.2", "127.0.0.1"});
    auto made = run(context, connect(at("mail.example", port), within(5s), names));
    EXPECT_EQ(made.how.why, trouble::refused);
    EXPECT_EQ(made.how.sentence,
              "mail.example:" + std::to_string(port) + " refused the connection (tried 127.0.0.2, 127.0.0.1)");
}

TEST_F(Tcp, GivesUpConnectingAtTheDeadline) {
    // A full backlog swallows what asks to connect.
    raw_server server(context);
    server.door.listen(0);
    std::list<tcp::socket> waiting;
    for (int i = 0; i < 4; ++i)
        waiting.emplace_back(context).async_connect(server.door.local_endpoint(), [](auto) {});
    auto made = run(context, connect(at("127.0.0.1", server.port()), within(150ms)));
    EXPECT_EQ(made.how.why, trouble::timed_out);
    EXPECT_THAT(made.how.sentence, MatchesRegex("no answer from 127.0.0.1:[0-9]+ within 15[0-9] ms"));
}

TEST_F(Tcp, GivesUpReadingAtTheDeadline) {
    raw_server server(context);
    tcp::socket peer(context);
    auto ours = connected(server, peer);
    std::array<char, 10> room;
    auto got = run(context, ours->read_some(room, within(60ms)));
    EXPECT_EQ(got.why, trouble::timed_out);
    EXPECT_THAT(got.sentence, MatchesRegex("no answer from 127.0.0.1:[0-9]+ within 6[0-9] ms"));
    EXPECT_EQ(run(context, ours->write("x", within(1s))).why, trouble::timed_out);
}

TEST_F(Tcp, GivesUpWritingToWhoDoesNotRead) {
    raw_server server(context);
    tcp::socket peer(context);
    auto ours = connected(server, peer);
    std::string much(50'000'000, 'x');
    auto sent = run(context, ours->write(much, within(60ms)));
    EXPECT_EQ(sent.why, trouble::timed_out);
    EXPECT_GT(sent.octets, 0u);
    EXPECT_LT(sent.octets, much.size());
}

task<result> patient_dialogue(stream& ours, tcp::socket& peer) {
    std::array<char, 10> room;
    boost::asio::write(peer, boost::asio::buffer("1", 1));
    auto first = co_await ours.read_some(room, within(30ms));
    if (!first)
        co_return first;
    boost::asio::steady_timer later(peer.get_executor(), 90ms);
    later.async_wait([&](auto) { boost::asio::write(peer, boost::asio::buffer("2", 1)); });
    co_return co_await ours.read_some(room, within(5s));
}

TEST_F(Tcp, ForgetsADeadlineThatWasMet) {
    raw_server server(context);
    tcp::socket peer(context);
    auto ours = connected(server, peer);
    EXPECT_TRUE(run(context, ours->write("x", within(20ms))));
    EXPECT_TRUE(run(context, patient_dialogue(*ours, peer)));
}

TEST_F(Tcp, HeedsADeadlineEarlierThanTheLast) {
    raw_server server(context);
    tcp::socket peer(context);
    auto ours = connected(server, peer);
    std::array<char, 10> room;
    boost::asio::steady_timer soon(context, 20ms);
    soon.async_wait([&](auto) { boost::asio::write(peer, boost::asio::buffer("1", 1)); });
    EXPECT_TRUE(run(context, ours->read_some(room, within(30s))));
    auto begun = clock::now();
    EXPECT_EQ(run(context, ours->read_some(room, within(40ms))).why, trouble::timed_out);
    EXPECT_LT(clock::now() - begun, 5s);
}

TEST_F(Tcp, TellsThatTheOtherSideClosed) {
    raw_server server(context);
    tcp::socket peer(context);
    auto ours = connected(server, peer);
    boost::asio::write(peer, boost::asio::buffer("BYE", 3));
    peer.close();
    std::string last;
    EXPECT_EQ(run(context, read_whole(*ours, last, 100)).why, trouble::closed);
    EXPECT_EQ(last, "BYE");
}

TEST_F(Tcp, StillWritesToWhoClosedOnlyItsOwnDirection) {
    raw_server server(context);
    tcp::socket peer(context);
    auto ours = connected(server, peer);
    peer.shutdown(tcp::socket::shutdown_send);
    std::array<char, 10> room;
    EXPECT_EQ(run(context, ours->read_some(room, within(5s))).why, trouble::closed);
    EXPECT_TRUE(run(context, ours->write("QUIT", within(5s))));
    EXPECT_EQ(boost::asio::read(peer, boost::asio::buffer(room, 4)), 4u);
}

TEST_F(Tcp, TellsAResetFromAClose) {
    raw_server server(context);
    tcp::socket peer(context);
    auto ours = connected(server, peer);
    peer.set_option(boost::asio::socket_base::linger(true, 0));
    peer.close();
    std::array<char, 10> room;
    auto got = run(context, ours->read_some(room, within(5s)));
    EXPECT_EQ(got.why, trouble::reset);
    EXPECT_THAT(got.sentence, HasSubstr("reset the connection"));
    EXPECT_EQ(run(context, ours->write("x", within(5s))).why, trouble::reset);
}

TEST_F(Tcp, EndsTheOperationUnderWayWhenCancelled) {
    raw_server server(context);
    tcp::socket peer(context);
    auto ours = connected(server, peer);
    std::array<char, 10> room;
    boost::asio::post(context, [&] { ours->cancel(); });
    EXPECT_EQ(run(context, ours->read_some(room, within(30s))).why, trouble::cancelled);
    EXPECT_EQ(run(context, ours->read_some(room, within(30s))).why, trouble::cancelled);
    EXPECT_EQ(run(context, ours->write("x", within(30s))).why, trouble::cancelled);
}

TEST_F(Tcp, EndsTheOperationUnderWayWhenClosed) {
    raw_server server(context);
    tcp::socket peer(context);
    auto ours = connected(server, peer);
    std::array<char, 10> room;
    boost::asio::post(context, [&] { ours->close(); });
    EXPECT_EQ(run(context, ours->read_some(room, within(30s))).why, trouble::cancelled);
}

TEST_F(Tcp, LeavesNoTimerBehindWhenClosed) {
    raw_server server(context);
    tcp::socket peer(context);
    auto ours = connected(server, peer);
    std::array<char, 10> room;
    boost::asio::write(peer, boost::asio::buffer("1", 1));
    EXPECT_TRUE(run(context, ours->write("x", within(30s))));
    EXPECT_TRUE(run(context, ours->read_some(room, within(30s))));
    ours->close();
    auto begun = clock::now();
    context.restart();
    context.run();
    EXPECT_LT(clock::now() - begun, 5s);
}

TEST_F(Tcp, EndsAcceptingWhenCancelled) {
    auto door = listen(context.get_executor(), "127.0.0.1", 0);
    boost::asio::post(context, [&] { door.opened->cancel(); });
    EXPECT_EQ(run(context, door.opened->accept()).how.why, trouble::cancelled);
    EXPECT_EQ(run(context, door.opened->accept()).how.why, trouble::cancelled);
}

TEST_F(Tcp, SaysThatAPortIsTaken) {
    auto first = listen(context.get_executor(), "127.0.0.1", 0);
    auto second = listen(context.get_executor(), "127.0.0.1", first.opened->port());
    EXPECT_FALSE(second.opened);
    EXPECT_THAT(second.how.sentence, MatchesRegex("127.0.0.1:[0-9]+ cannot be listened on: Address already in use.*"));
}

} // namespace
} // namespace mailspec::net
