#include "tests/net/tcp_test.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <gmock/gmock.h>

#include <array>
#include <list>

namespace mailspec::net {
namespace {

using namespace std::chrono_literals;
using boost::asio::ip::tcp;
using test::run;
using test::within;
using testing::HasSubstr;
using testing::MatchesRegex;

/// How a connection or an operation on it ends: by its deadline, by the other side, by us.
using TcpEnds = tcp_test;

TEST_F(TcpEnds, GivesUpConnectingAtTheDeadline) {
    // A full backlog swallows what asks to connect.
    raw_server server(context);
    server.door.listen(0);
    std::list<tcp::socket> waiting;
    for (int i = 0; i < 4; ++i)
        waiting.emplace_back(context).async_connect(server.door.local_endpoint(), [](auto) {});
    auto made = run(context, connect(at("127.0.0.1", server.port()), within(150ms)));
    EXPECT_EQ(made.how.why, trouble::timed_out);
    EXPECT_THAT(made.how.sentence, MatchesRegex("no answer from 127.0.0.1:[0-9]+ within [0-9.]+ m?s"));
}

TEST_F(TcpEnds, GivesUpReadingAtTheDeadline) {
    raw_server server(context);
    tcp::socket peer(context);
    auto ours = connected(server, peer);
    std::array<char, 10> room;
    auto got = run(context, ours->read_some(room, within(60ms)));
    EXPECT_EQ(got.why, trouble::timed_out);
    EXPECT_THAT(got.sentence, MatchesRegex("no answer from 127.0.0.1:[0-9]+ within [0-9.]+ m?s"));
    EXPECT_EQ(run(context, ours->write("x", within(1s))).why, trouble::timed_out);
}

TEST_F(TcpEnds, GivesUpWritingToWhoDoesNotRead) {
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

TEST_F(TcpEnds, ForgetsADeadlineThatWasMet) {
    raw_server server(context);
    tcp::socket peer(context);
    auto ours = connected(server, peer);
    EXPECT_TRUE(run(context, ours->write("x", within(20ms))));
    EXPECT_TRUE(run(context, patient_dialogue(*ours, peer)));
}

TEST_F(TcpEnds, HeedsADeadlineEarlierThanTheLast) {
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

TEST_F(TcpEnds, TellsThatTheOtherSideClosed) {
    raw_server server(context);
    tcp::socket peer(context);
    auto ours = connected(server, peer);
    boost::asio::write(peer, boost::asio::buffer("BYE", 3));
    peer.close();
    std::string last;
    EXPECT_EQ(run(context, read_whole(*ours, last, 100)).why, trouble::closed);
    EXPECT_EQ(last, "BYE");
}

TEST_F(TcpEnds, StillWritesToWhoClosedOnlyItsOwnDirection) {
    raw_server server(context);
    tcp::socket peer(context);
    auto ours = connected(server, peer);
    peer.shutdown(tcp::socket::shutdown_send);
    std::array<char, 10> room;
    EXPECT_EQ(run(context, ours->read_some(room, within(5s))).why, trouble::closed);
    EXPECT_TRUE(run(context, ours->write("QUIT", within(5s))));
    EXPECT_EQ(boost::asio::read(peer, boost::asio::buffer(room, 4)), 4u);
}

TEST_F(TcpEnds, TellsAResetFromAClose) {
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

TEST_F(TcpEnds, EndsTheOperationUnderWayWhenCancelled) {
    raw_server server(context);
    tcp::socket peer(context);
    auto ours = connected(server, peer);
    std::array<char, 10> room;
    boost::asio::post(context, [&] { ours->cancel(); });
    EXPECT_EQ(run(context, ours->read_some(room, within(30s))).why, trouble::cancelled);
    EXPECT_EQ(run(context, ours->read_some(room, within(30s))).why, trouble::cancelled);
    EXPECT_EQ(run(context, ours->write("x", within(30s))).why, trouble::cancelled);
}

TEST_F(TcpEnds, EndsTheOperationUnderWayWhenClosed) {
    raw_server server(context);
    tcp::socket peer(context);
    auto ours = connected(server, peer);
    std::array<char, 10> room;
    boost::asio::post(context, [&] { ours->close(); });
    EXPECT_EQ(run(context, ours->read_some(room, within(30s))).why, trouble::cancelled);
}

TEST_F(TcpEnds, LeavesNoTimerBehindWhenClosed) {
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

} // namespace
} // namespace mailspec::net
