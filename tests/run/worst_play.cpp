#include "harness/run/worst_play.hpp"

#include <gtest/gtest.h>

namespace mailspec::run {
namespace {

using verdict::outcome;

TEST(WorstPlay, IsRatherNewThanKnown) {
    using verdict::standing;
    const auto came_to = [](outcome result, standing how, outcome counts) {
        verdict::scenario_record play;
        play.result = result;
        play.compared = std::make_shared<verdict::comparison>(verdict::comparison{how, counts, result, {}, {}});
        return play;
    };
    worst_play came;
    came.add(came_to(outcome::violates, standing::known, outcome::conforms));
    came.add(came_to(outcome::inconclusive, standing::fresh, outcome::inconclusive));
    came.add(came_to(outcome::violates, standing::known, outcome::conforms));
    const auto record = came.take();
    EXPECT_EQ(record.result, outcome::inconclusive);
    EXPECT_EQ(record.plays.of(outcome::violates), 2u);
}

} // namespace
} // namespace mailspec::run
