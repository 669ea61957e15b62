#pragma once

#include "harness/scenario/scenario.hpp"

#include <string>
#include <vector>

namespace mailspec::scenario {

/// What loads, but is likely a slip.
struct warning {
    std::string file;
    std::uint32_t line = 0;
    std::string message;      ///< one sentence
    std::string show() const; ///< "scenarios/imap/x.xml:7: warning: ..."
};

/// A capture that nothing uses, a password written out, a poll that waits for nothing, prose compared word for
/// word, a session that no step speaks on. Ascending by line.
std::vector<warning> lint(const scenario& s);

} // namespace mailspec::scenario
