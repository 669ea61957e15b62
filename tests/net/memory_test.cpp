#include "harness/net/certificates.hpp"
#include "harness/net/memory.hpp"
#include "harness/net/server_tls_context.hpp"

#include "tests/net/run.hpp"

#include <boost/asio/post.hpp>
#include <gtest/gtest.h>

namespace mailspec::net {
namespace {

using namespace std::chrono_literals;
using test::along;
using test::run;
using test::within;

task<std::string> read_all(stream& from) {
    std::string all;
    std::array<char, 16> room;
    while (auto got = co_await from.read_some(room, within(5s)))
        all.append(room.data(), got.octets);
    co_return all;
}

/// A whole small dialogue; gives the first trouble that the client met.
task<result> client_half(stream& ours) {
    std::array<char, 100> room;
    if (auto got = co_await ours.read_some(room, within(5s)); !got)
        co_return got;
    if (auto sent = co_await ours.write("a1 STARTTLS\r\n", within(5s)); !sent)
        co_return sent;
    if (auto got = co_await ours.read_some(room, within(5s)); !got)
        co_return got;
    if (auto shaken = co_await ours.start_tls({}, within(5s)); !shaken)
        co_return shaken;
    if (auto sent = co_await ours.write("a2 LOGOUT\r\n", within(5s)); !sent)
        co_return sent;
    co_return co_await ours.read_some(room, within(5s));
}

task<void> server_half(std::unique_ptr<memory_stream> ours, server_tls_context identity) {
    std::array<char, 100> room;
    co_await ours->write("* OK\r\n", within(5s));
    if (!co_await ours->read_some(room, within(5s)))
        co_return;
    co_await ours->write("a1 OK\r\n", within(5s));
    co_await ours->start_tls_as_server(identity, within(5s));
    if (co_await ours->read_some(room, within(5s)))
        co_await ours->write("a2 OK\r\n", within(5s));
}

TEST(MemoryStream, CarriesOctetsBothWays) {
    boost::asio::io_context context;
    auto ends = make_memory_pair(context.get_executor());
    EXPECT_TRUE(run(context, ends.client->write("up", within(5s))));
    EXPECT_TRUE(run(context, ends.server->write("down", within(5s))));
    ends.client->close();
    EXPECT_EQ(run(context, read_all(*ends.server)), "up");
    EXPECT_EQ(run(context, ends.server->write("x", within(5s))).why, trouble::reset);
}

TEST(MemoryStream, LosesWhatIsWrittenAfterTheOtherEndClosed) {
    boost::asio::io_context context;
    auto ends = make_memory_pair(context.get_executor());
    ends.server->close();
    EXPECT_TRUE(run(context, ends.client->write("too late", within(5s))));
    EXPECT_EQ(run(context, read_all(*ends.client)), "");
    EXPECT_EQ(run(context, ends.client->write("x", within(5s))).why, trouble::reset);
}

TEST(MemoryStream, WaitsForWhatComesLater) {
    boost::asio::io_context context;
    auto ends = make_memory_pair(context.get_executor());
    along(context, [](stream& to) -> task<void> { co_await to.write("later", within(5s)); }(*ends.server));
    std::array<char, 10> room;
    EXPECT_EQ(run(context, ends.client->read_some(room, within(5s))).octets, 5u);
}

TEST(MemoryStream, ChopsWhatIsRead) {
    boost::asio::io_context context;
    for (std::size_t most : {1, 2, 3, 7}) {
        memory_faults chopped;
        chopped.most_read = most;
        auto ends = make_memory_pair(context.get_executor(), chopped);
        EXPECT_TRUE(run(context, ends.server->write("* OK ready\r\n", within(5s))));
        ends.server->close();
        EXPECT_EQ(run(context, read_all(*ends.client)), "* OK ready\r\n");
        EXPECT_EQ(ends.client->operations(), (12 + most - 1) / most + 1);
    }
}

TEST(MemoryStream, EndsAtTheDeadline) {
    boost::asio::io_context context;
    auto ends = make_memory_pair(context.get_executor());
    std::array<char, 10> room;
    EXPECT_EQ(run(context, ends.client->read_some(room, within(20ms))).why, trouble::timed_out);
    EXPECT_EQ(run(context, ends.client->write("x", within(5s))).why, trouble::timed_out);
}

TEST(MemoryStream, EndsWhenCancelledOrClosed) {
    boost::asio::io_context context;
    for (auto end : {&stream::cancel, &stream::close}) {
        auto ends = make_memory_pair(context.get_executor());
        std::array<char, 10> room;
        boost::asio::post(context, [&] { (ends.client.get()->*end)(); });
        EXPECT_EQ(run(context, ends.client->read_some(room, within(30s))).why, trouble::cancelled);
    }
}

TEST(MemoryStream, FailsEachOperationInTurnWithTheTroubleChosen) {
    boost::asio::io_context context;
    server_tls_context identity(self_signed());
    for (auto why : {trouble::closed, trouble::reset, trouble::timed_out, trouble::cancelled, trouble::other}) {
        std::size_t n = 1;
        for (;; ++n) {
            memory_faults faults;
            faults.fail_at = n;
            faults.why = why;
            auto ends = make_memory_pair(context.get_executor(), faults);
            along(context, server_half(std::move(ends.server), identity));
            auto came = run(context, client_half(*ends.client));
            if (ends.client->operations() < n) {
                EXPECT_TRUE(came) << came.sentence;
                EXPECT_TRUE(ends.client->secured());
                break;
            }
            EXPECT_EQ(came.why, why);
            EXPECT_FALSE(came.sentence.empty());
            ends.client->close();
            context.restart();
            context.run();
        }
        EXPECT_EQ(n, 7u);
    }
}

TEST(MemoryStream, FailsTheServersOperationsToo) {
    boost::asio::io_context context;
    server_tls_context identity(self_signed());
    for (std::size_t n = 1; n <= 5; ++n) {
        memory_faults faults;
        faults.fail_at = n;
        auto ends = make_memory_pair(context.get_executor(), {}, faults);
        along(context, server_half(std::move(ends.server), identity));
        auto came = run(context, client_half(*ends.client));
        EXPECT_TRUE(came || came.why == trouble::closed || came.why == trouble::reset) << n << came.sentence;
    }
}

} // namespace
} // namespace mailspec::net
