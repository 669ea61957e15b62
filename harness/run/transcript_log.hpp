#pragma once

#include "harness/verdict/masker.hpp"
#include "harness/verdict/record.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::run {

/// How the transcript's note on what it does not keep ends.
inline constexpr std::string_view lines_left_out = "lines are left out here";

/// What went over the lines of one scenario, bounded: the first half of the octets allowed is kept, and of the rest
/// the last; adding is cheap, masking waits until the end.
class transcript_log {
public:
    using direction = verdict::transcript_line::direction;

    /// Takes how many octets to keep, and how many a secret may have: that many more than are shown of a long line are
    /// kept, so that a secret at the cut is still whole when it is masked.
    explicit transcript_log(std::size_t most, std::size_t spare = 0) : most_(most), spare_(spare) {}

    /// Gives the entry's number, which place() resolves. Octets beyond what one line may show are left out.
    std::uint64_t add(std::uint16_t line, direction way, bool secured, std::chrono::microseconds at,
                      std::string_view octets);
    std::uint64_t last() const { return next_ == 0 ? 0 : next_ - 1; }

    /// Everything kept, masked, with a note where something was left out.
    std::vector<verdict::transcript_line> lines(const verdict::masker& secrets,
                                                const std::vector<std::string>& sessions) const;
    /// Where in lines() the entry with that number stands, or the note that replaced it.
    std::size_t place(std::uint64_t number) const;
    /// The number of the latest received entry with exactly these octets, else of the latest entry.
    std::uint64_t find(std::string_view octets) const;

private:
    /// Two are written for every command: kept small.
    struct entry {
        std::chrono::microseconds at;
        std::uint32_t begin, size;
        std::uint32_t full; ///< octets it had, as far as they can be counted
        std::uint16_t line;
        direction way;
        bool secured;
    };
    struct segment {
        std::uint64_t first = 0; ///< the number of its first entry
        std::string octets;
        std::vector<entry> entries;
        void begin(std::uint64_t number) {
            first = number;
            octets.clear();
            entries.clear();
        }
        std::string_view of(const entry& e) const { return std::string_view(octets).substr(e.begin, e.size); }
    };
    segment& where_to_add(std::size_t size);
    std::uint64_t gone() const; ///< entries that were left out between head and tail

    std::size_t most_;
    std::size_t spare_;
    std::uint64_t next_ = 0;
    segment head_;
    std::array<segment, 2> tail_; ///< older, newer
    bool head_full_ = false;
};

} // namespace mailspec::run
