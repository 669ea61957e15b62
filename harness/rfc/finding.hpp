#pragma once

#include "harness/rfc/requirement.hpp"

#include <cstdint>
#include <string>

namespace mailspec::rfc {

/// A place where a server departed from a requirement; reading goes on after it.
struct finding {
    const requirement* broken; ///< never null
    std::uint64_t at;          ///< octets from the first octet the server sent on this connection
    std::string detail;        ///< what was wrong, in our words; octets of the server are escaped
};

} // namespace mailspec::rfc
