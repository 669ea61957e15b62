#pragma once

#include "harness/verdict/record.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace mailspec::run {

/// What the plays of one scenario came to so far: the worst of them (with a baseline, of those that are new), and how
/// many had each outcome. It does not grow with their number.
class worst_play {
public:
    /// Names of what was left behind are kept up to that number.
    static constexpr std::size_t most_left_behind = 100;

    void add(verdict::scenario_record play);
    /// Of a play that does not count. One that does must have been added.
    void add_left_behind(std::vector<std::string> names);
    bool empty() const { return !worst_; }
    /// The record of the scenario: of equally bad plays the first to end. There must be one.
    verdict::scenario_record take();

private:
    std::unique_ptr<verdict::scenario_record> worst_; ///< null until a play has ended: most scenarios only wait
};

} // namespace mailspec::run
