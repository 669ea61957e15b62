#include "tests/net/run.hpp"
#include "tests/support/fake_stream.hpp"

#include <gtest/gtest.h>

namespace mailspec::test {
namespace {

using net::trouble;

const std::vector<fake_stream::exchange> login{{"", "* OK\r\n"}, {"a1 LOGIN x y\r\n", "a1 OK\r\n"}};

net::task<net::result> log_in(net::stream& ours, std::string& heard) {
    std::array<char, 4> room;
    for (auto wanted : {6u, 13u}) {
        while (heard.size() < wanted) {
            auto got = co_await ours.read_some(room, {});
            if (!got)
                co_return got;
            heard.append(room.data(), got.octets);
        }
        if (wanted == 6)
            if (auto sent = co_await ours.write("a1 LOGIN x y\r\n", {}); !sent)
                co_return sent;
    }
    co_return net::result{};
}

TEST(FakeStream, PlaysItsScript) {
    boost::asio::io_context context;
    fake_stream fake(login);
    std::string heard;
    EXPECT_TRUE(run(context, log_in(fake, heard)));
    EXPECT_EQ(heard, "* OK\r\na1 OK\r\n");
    EXPECT_TRUE(fake.fulfilled());
    std::array<char, 4> room;
    EXPECT_EQ(run(context, fake.read_some(room, {})).why, trouble::timed_out);
}

TEST(FakeStream, StaysSilentWhenSomethingElseIsSent) {
    boost::asio::io_context context;
    fake_stream fake(login, fake_stream::ending::closing);
    EXPECT_TRUE(run(context, fake.write("a1 NOOP\r\n", {})));
    EXPECT_FALSE(fake.fulfilled());
    EXPECT_EQ(fake.written(), "a1 NOOP\r\n");
}

TEST(FakeStream, FailsEachOperationInTurn) {
    boost::asio::io_context context;
    std::string heard;
    fake_stream good(login);
    run(context, log_in(good, heard));
    for (std::size_t n = 1; n <= good.operations(); ++n) {
        fake_stream fake(login);
        fake.fail_at(n, trouble::reset);
        heard.clear();
        EXPECT_EQ(run(context, log_in(fake, heard)).why, trouble::reset);
    }
}

TEST(FakeStream, GivesTheSameOctetsHoweverTheyAreChopped) {
    boost::asio::io_context context;
    for (std::size_t most = 1; most < 8; ++most) {
        fake_stream fake(login);
        fake.chop(most);
        std::string heard;
        EXPECT_TRUE(run(context, log_in(fake, heard)));
        EXPECT_EQ(heard, "* OK\r\na1 OK\r\n");
    }
}

} // namespace
} // namespace mailspec::test
