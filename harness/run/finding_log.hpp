#pragma once

#include "harness/rfc/finding.hpp"
#include "harness/wire/protocol.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace mailspec::run {

/// The findings of one scenario, each cause once with how often it was found: of one requirement, on connections that
/// speak the same protocol, in words that differ in nothing but numbers.
class finding_log {
public:
    enum class stage { setting_up, steps, cleaning_up };
    /// Where something was found.
    struct place {
        std::uint64_t transcript = 0; ///< number of the transcript's entry that shows it
        std::size_t line = 0;
        wire::protocol spoken{};
        stage when = stage::steps;
    };
    struct entry {
        rfc::finding what;
        std::uint32_t times = 1;
        place at; ///< of the first
    };

    /// More than that many different ones are only counted: those of the weakest demands.
    static constexpr std::size_t most = 100;

    void add(std::span<const rfc::finding> found, const place& at);
    const std::vector<entry>& all() const { return all_; }
    std::uint64_t left_out() const { return left_out_; }

private:
    void add_beyond(entry one);

    std::vector<entry> all_;
    std::uint64_t left_out_ = 0;
};

} // namespace mailspec::run
