#include "harness/run/worst_play.hpp"

#include <utility>

namespace mailspec::run {
namespace {

/// What is new to a baseline is worse than all that it knows.
auto badness(const verdict::scenario_record& play) { return std::pair(verdict::counted(play), play.result); }

} // namespace

void worst_play::add(verdict::scenario_record play) {
    const auto result = play.result;
    if (!worst_) {
        worst_ = std::make_unique<verdict::scenario_record>(std::move(play));
        worst_->plays = {};
    } else {
        play.plays = worst_->plays;
        if (badness(play) > badness(*worst_))
            std::swap(*worst_, play);
        add_left_behind(std::move(play.left_behind));
    }
    worst_->plays.count(result);
}

void worst_play::add_left_behind(std::vector<std::string> names) {
    for (auto& name : names)
        if (worst_->left_behind.size() < most_left_behind)
            worst_->left_behind.push_back(std::move(name));
}

verdict::scenario_record worst_play::take() {
    auto record = std::move(*worst_);
    worst_.reset();
    return record;
}

} // namespace mailspec::run
