#pragma once

#include "harness/rfc/finding.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace mailspec::run {

/// The findings of one scenario, each cause once with how often it was found: on one connection, of one requirement, in
/// words that differ in nothing but numbers.
class finding_log {
public:
    struct entry {
        rfc::finding what;
        std::uint32_t times = 1;
        std::uint64_t transcript = 0; ///< number of the transcript's entry that showed it first
        std::size_t line = 0;
        enum class stage { setting_up, steps, cleaning_up } when = stage::steps;
    };

    /// More than that many different ones are only counted.
    static constexpr std::size_t most = 100;

    void add(std::span<const rfc::finding> found, std::uint64_t transcript, std::size_t line, entry::stage when);
    const std::vector<entry>& all() const { return all_; }
    std::uint64_t left_out() const { return left_out_; }

private:
    std::vector<entry> all_;
    std::uint64_t left_out_ = 0;
};

} // namespace mailspec::run
