#include "harness/wire/imap/sequence_set.hpp"

#include <gmock/gmock.h>

#include <vector>

namespace {

using namespace mailspec::wire::imap;
using testing::ElementsAre;

std::vector<sequence_range> ranges_of(std::string_view set) {
    std::vector<sequence_range> out;
    sequence_set_reader in(set);
    while (const auto range = in.next()) {
        out.push_back(*range);
    }
    EXPECT_TRUE(in.good()) << set;
    return out;
}

TEST(SequenceSet, ReadsNumbersAndRangesInTheirOrder) {
    EXPECT_THAT(ranges_of("1,9:7,*,5:*"), ElementsAre(sequence_range{1, 1}, sequence_range{9, 7},
                                                      sequence_range{star, star}, sequence_range{5, star}));
}

TEST(SequenceSet, RefusesWhatIsNone) {
    for (const auto* set : {"", ",", "1,", ",1", "1,,2", "1:", ":1", "1:2:3", "0", "01", "a", "1 2", "-1", "4294967296",
                            "1;2", "$", "**", "1:0"}) {
        EXPECT_FALSE(is_sequence_set(set)) << set;
        EXPECT_FALSE(is_uid_set(set)) << set;
    }
    EXPECT_TRUE(is_sequence_set("1:*"));
    EXPECT_FALSE(is_uid_set("1:*"));
    EXPECT_TRUE(is_uid_set("4294967295"));
}

TEST(SequenceSet, CountsEitherWayRoundWithoutGoingThroughIt) {
    EXPECT_EQ(count_of_sequence_set("1:4294967295,5"), 4294967296u);
    EXPECT_EQ(count_of_sequence_set("3,7:5,1"), 5u);
    EXPECT_EQ(count_of_sequence_set("3956:3958"), 3u);
    EXPECT_FALSE(count_of_sequence_set("*"));
}

} // namespace
