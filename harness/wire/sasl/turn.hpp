#pragma once

#include <string>

namespace mailspec::wire::sasl {

/// What one side says next in an exchange, in raw octets, or why it cannot go on.
struct turn {
    std::string octets;
    std::string fault; ///< one sentence, no secret in it; empty: none

    bool ok() const { return fault.empty(); }
};

} // namespace mailspec::wire::sasl
