#pragma once

#include "harness/serve/mischief.hpp"

#include <string>
#include <string_view>

namespace mailspec::serve::pop3 {

/// Writes responses as RFC 1939 and RFC 2449 want them, or, where the mischief asks for it, not so.
/// Life: the mischief outlives it.
class writer {
public:
    explicit writer(const mischief& breaches) : breaches_(breaches) {}

    enum class status { ok, err };
    std::string first_line(status s, std::string_view text) const;

    /// The lines after the first, dots doubled, and the final dot.
    std::string payload(std::string_view octets) const;

    /// A challenge of AUTH; takes base64.
    std::string challenge(std::string_view base64) const;

private:
    bool breaks(const rfc::requirement& r) const { return breaches_.breaks(r); }

    const mischief& breaches_;
};

} // namespace mailspec::serve::pop3
