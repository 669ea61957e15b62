#include "harness/observe/numbering.hpp"

#include <gtest/gtest.h>

namespace mailspec::observe {
namespace {

TEST(Numbering, FollowsAMessageThroughExpunges) {
    numbering n;
    EXPECT_EQ(n.now(4), 4u);
    n.expunge(2);
    EXPECT_EQ(n.now(1), 1u);
    EXPECT_EQ(n.now(2), 0u);
    EXPECT_EQ(n.now(4), 3u);
    n.expunge(3);
    EXPECT_EQ(n.now(4), 0u);
    EXPECT_EQ(n.now(5), 3u);
}

TEST(Numbering, BeginsAnewAtAMark) {
    numbering n;
    n.expunge(1);
    n.mark();
    EXPECT_EQ(n.now(1), 1u);
}

} // namespace
} // namespace mailspec::observe
