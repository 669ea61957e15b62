#pragma once

#include "harness/observe/imap/command.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace mailspec::observe::imap {

struct fetched;

/// Of one FETCH in progress: what it asked for, and what of that each message has been told.
class fetch_watch {
public:
    static constexpr std::size_t most_items = 16;
    /// Messages of greater numbers are not watched.
    static constexpr std::uint32_t most_numbers = 100000;

    /// Begins anew unless it is that command already. Gives false where it can't be told what it asked for.
    bool watch(const command& c);
    /// Gives true where something was told that was asked for and comes only if it is.
    bool tell(const fetched& f);

    enum class had { nothing, some, all };
    /// Items that a server may tell unasked count only where all is had.
    had of(std::uint32_t number) const;
    /// The first item that was asked for and that it has not been told; empty: none.
    std::string_view missing(std::uint32_t number) const;
    std::uint32_t lowest() const { return low_; } ///< numbers told something of are within these
    std::uint32_t highest() const { return high_; }

private:
    void forget();
    void read(std::string_view arguments);
    void add(std::string_view item);
    std::uint16_t bits_of(std::string_view item) const;
    std::uint16_t bits_of(const fetched& f) const;
    std::uint16_t told(std::uint32_t number) const { return number < told_.size() ? told_[number] : std::uint16_t{0}; }

    std::uint32_t command_ = 0; ///< when it was sent: stands for the command
    bool usable_ = false;
    std::uint16_t asked_ = 0;               ///< a bit for each item
    std::uint16_t unasked_ = 0;             ///< those that a server may tell at any time
    std::array<std::uint16_t, 8> common_{}; ///< the bits of each set of common items
    std::size_t count_ = 0;
    std::array<std::string_view, most_items> items_{}; ///< as answers name them, up to any space or '<'; in names_
    std::size_t named_ = 0;
    std::array<char, 512> names_{};
    std::vector<std::uint16_t> told_; ///< by message number
    std::uint32_t low_ = 0, high_ = 0;
};

} // namespace mailspec::observe::imap
