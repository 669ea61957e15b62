#pragma once

#include "harness/observe/imap/search_criteria.hpp"
#include "harness/wire/imap/sequence_set.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace mailspec::observe::imap {

/// What came in answer to one SEARCH in progress.
struct search_watch {
    /// Of an answer with more ranges than that nothing is judged.
    static constexpr std::size_t most = 1000000;
    /// Of larger mailboxes no more messages are judged: it costs too much to go through all for each search.
    static constexpr std::uint32_t most_judged = 1000;

    std::uint32_t command = 0; ///< when it was sent: stands for the command
    std::vector<wire::imap::sequence_range> told;
    bool whole = true; ///< all that came is kept
    search_criteria criteria;

    void begin(std::uint32_t sent_at) {
        command = sent_at;
        told.clear();
        whole = true;
    }
    void add(std::uint32_t first, std::uint32_t last) {
        whole = whole && told.size() < most;
        if (whole)
            told.push_back({first, last});
    }
};

} // namespace mailspec::observe::imap
