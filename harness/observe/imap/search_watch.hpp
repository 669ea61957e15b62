#pragma once

#include "harness/observe/imap/search_criteria.hpp"
#include "harness/wire/imap/sequence_set.hpp"

#include <cstdint>
#include <vector>

namespace mailspec::observe::imap {

/// What came in answer to one SEARCH in progress.
struct search_watch {
    std::uint32_t command = 0; ///< when it was sent: stands for the command
    std::vector<wire::imap::sequence_range> told;
    search_criteria criteria;

    void begin(std::uint32_t sent_at) {
        command = sent_at;
        told.clear();
    }
};

} // namespace mailspec::observe::imap
