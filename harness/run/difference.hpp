#pragma once

#include "harness/run/declared.hpp"
#include "harness/run/snapshot.hpp"
#include "harness/run/told.hpp"
#include "harness/verdict/record.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace mailspec::run {

/// One thing whose state is not what an <effect> declares.
struct undeclared {
    verdict::difference row;
    std::uint32_t line = 0;                   ///< of the <change> it goes against; 0: of the <effect>
    const rfc::requirement* proves = nullptr; ///< what it breaks; null: what the effect is evidence of
    bool may_come = false;                    ///< mail that is not there yet
};

/// What an effect comes down to.
struct comparison {
    const snapshot& before;
    const snapshot& after;
    std::span<const declared> changes;
    std::span<const std::string> sent; ///< mails of the block, one of which each delivered one must be; none: any
    const told* acting = nullptr;      ///< what the session was told, in the mailbox in hand
    const watch& at;
    enum class uids { only_by_arrivals, perhaps_used } next = uids::only_by_arrivals;
};

/// Holds what was seen before and after against the declared changes: exactly those, nothing else.
std::vector<undeclared> compare(const comparison& c);

// Its parts.

/// Mailboxes that came, went or changed their names, and subscriptions.
void compare_names(const comparison& c, std::vector<undeclared>& out);
/// The messages of one place; after a RENAME it bears another name. Of one that was not there before only what was
/// declared to come.
void compare_messages(const comparison& c, const snapshot::place& was, const snapshot::place& is,
                      std::vector<undeclared>& out);
/// The name that a mailbox has after the declared RENAMEs, of itself or of one above it.
std::string renamed(const comparison& c, const snapshot::place& was);
/// "mailspec-x-1", and whose it is where that is not the acting session's account.
std::string show_place(const comparison& c, const snapshot::place& p);

} // namespace mailspec::run
