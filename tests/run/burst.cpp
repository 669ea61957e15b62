#include "harness/run/burst.hpp"

#include <boost/asio/post.hpp>
#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace mailspec::run {
namespace {

struct speaker final : burst::sender {
    explicit speaker(std::function<void()> says) : says_(std::move(says)) {}
    void send_now() override { says_(); }

private:
    std::function<void()> says_;
};

TEST(Burst, SendsInTurnOnceWhatHadComeIsRead) {
    boost::asio::io_context loop;
    burst together(loop);
    std::string order;
    speaker a([&] { order += 'a'; }), b([&] { order += 'b'; });
    boost::asio::post(loop, [&] { together.join(a), order += '1'; });
    boost::asio::post(loop, [&] { together.join(b), order += '2'; });
    loop.run();
    EXPECT_EQ(order, "12ab");
}

TEST(Burst, TellsNobodyWhoHasLeft) {
    boost::asio::io_context loop;
    burst together(loop);
    std::string order;
    speaker c([&] { order += 'c'; });
    speaker a([&] { together.leave(c), order += 'a'; });
    speaker b([&] { order += 'b'; });
    together.join(a);
    together.join(b);
    together.join(c);
    together.leave(b);
    loop.run();
    EXPECT_EQ(order, "a");
}

TEST(Burst, TellsWhoJoinsWhileItSendsInTheNextOne) {
    boost::asio::io_context loop;
    burst together(loop);
    int times = 0;
    speaker a([&] {
        if (++times < 3)
            together.join(a);
    });
    together.join(a);
    loop.run();
    EXPECT_EQ(times, 3);
}

} // namespace
} // namespace mailspec::run
