#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::observe::imap {

/// What LIST has told of names: of one command, who may have no children and who has some; for good, delimiters.
class list_watch {
public:
    enum class lacks : std::uint8_t { children_now, children_ever };
    struct childless {
        std::uint64_t name; ///< digest
        lacks what;
        std::string shown;
    };

    void begin(std::uint32_t sent_at);
    void add_childless(std::string_view name, lacks what);
    /// Each name above that one has a child.
    void add_parents(std::string_view name, char delimiter);
    /// Those that have children nonetheless, in this answer and in the one before: names may come while LIST runs.
    std::vector<childless> contradicted();
    /// The delimiter below that top-level name that was told before, or this one.
    char delimiter_below(std::string_view top, char delimiter);

private:
    struct delimited {
        std::uint64_t top;
        char delimiter;
    };
    std::uint32_t command_ = 0;
    std::vector<childless> childless_;
    std::vector<std::uint64_t> parents_;
    std::vector<std::uint64_t> suspects_; ///< contradicted once, sorted
    std::vector<delimited> tops_;
};

} // namespace mailspec::observe::imap
