#pragma once

#include "harness/match/judge.hpp"
#include "harness/run/snapshot.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace mailspec::run {

/// What an acting IMAP session was told of the messages of its mailbox while a block went on: FETCH FLAGS, EXPUNGE,
/// EXISTS.
///
/// Only for showing it beside what the observer saw.
class told {
public:
    /// Takes the messages as the observer saw them before, in the order of their numbers.
    explicit told(const snapshot::place* before);

    void hear(const match::answer& said);

    /// The last that it was told of that message: "FLAGS (\Seen)", "EXPUNGE"; empty: nothing.
    std::string of(const std::string& id) const;

    /// "3 EXISTS" where that is what it knows, and not what it should; empty: it was told nothing of the kind.
    std::string unlike(std::size_t count) const;

private:
    void hear(const wire::imap::response& r);

    std::vector<std::string> ids_;
    std::map<std::string, std::string> last_;
    std::optional<std::size_t> exists_; ///< as EXISTS said, less what EXPUNGE took since
};

} // namespace mailspec::run
