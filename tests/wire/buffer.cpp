#include "harness/wire/buffer.hpp"

#include "tests/support/chop.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace {

using mailspec::test::feed;
using mailspec::wire::buffer;

std::string counting(std::size_t size, std::size_t from = 0) {
    std::string out;
    for (std::size_t i = from; i < from + size; ++i) {
        out += static_cast<char>('a' + i % 26);
    }
    return out;
}

TEST(Buffer, GivesBackWhatWasPutIn) {
    buffer in;
    feed(in, "one");
    feed(in, " two");
    EXPECT_EQ(in.from(0), "one two");
    EXPECT_EQ(in.from(4), "two");
    EXPECT_EQ(in.bytes({2, 3}), "e t");
    EXPECT_EQ(in.begin(), 0u);
    EXPECT_EQ(in.end(), 7u);
}

TEST(Buffer, CountsOffsetsFromTheStartOfTheConnection) {
    buffer in;
    feed(in, "one two");
    in.release(4);
    EXPECT_EQ(in.begin(), 4u);
    EXPECT_EQ(in.from(4), "two");
    feed(in, " three");
    EXPECT_EQ(in.bytes({8, 5}), "three");
    EXPECT_EQ(in.end(), 13u);
}

TEST(Buffer, ForgetsNothingTwiceAndNotMoreThanItHas) {
    buffer in;
    feed(in, "abc");
    in.release(2);
    in.release(1);
    EXPECT_EQ(in.from(2), "c");
    in.release(100);
    EXPECT_EQ(in.begin(), 3u);
    EXPECT_EQ(in.from(3), "");
}

TEST(Buffer, KeepsItsOctetsHoweverItGrowsAndIsReleased) {
    for (std::size_t put = 1; put < 3000; put = put * 2 + 1) {
        for (std::size_t let_go = 1; let_go <= put; let_go = let_go * 3 + 1) {
            buffer in;
            std::size_t total = 0;
            for (int turn = 0; turn < 20; ++turn) {
                feed(in, counting(put, total));
                total += put;
                in.release(in.begin() + let_go);
                ASSERT_EQ(in.from(in.begin()), counting(total - in.begin(), in.begin())) << put << ' ' << let_go;
            }
        }
    }
}

TEST(Buffer, GivesAtLeastTheRoomAskedFor) {
    buffer in;
    for (const std::size_t least : {1u, 1000u, 5000u, 100000u}) {
        EXPECT_GE(in.prepare(least).size(), least);
        in.commit(1);
    }
}

TEST(Buffer, ShrinksWhenItIsEmpty) {
    buffer in;
    feed(in, counting(100000));
    EXPECT_GE(in.prepare(1).size(), 20000u);
    in.release(in.end());
    EXPECT_LE(in.prepare(1).size(), 4096u);
}

TEST(Buffer, UsesItsMemoryAgainInsteadOfGrowing) {
    buffer in;
    feed(in, counting(600));
    const auto* first = in.from(0).data();
    for (int turn = 0; turn < 1000; ++turn) {
        feed(in, counting(300));
        in.release(in.begin() + 300);
    }
    EXPECT_EQ(in.end() - in.begin(), 600u);
    EXPECT_LE(in.prepare(1).size(), 4096u);
    EXPECT_NE(first, nullptr);
}

TEST(Buffer, MovesWithItsOctets) {
    buffer in;
    feed(in, "one two");
    in.release(4);
    buffer other = std::move(in);
    EXPECT_EQ(other.from(4), "two");
    buffer third;
    third = std::move(other);
    EXPECT_EQ(third.end(), 7u);
}

} // namespace
