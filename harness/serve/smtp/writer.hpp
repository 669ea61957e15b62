#pragma once

#include "harness/serve/mischief.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mailspec::serve::smtp {

/// Writes replies as RFC 5321 and RFC 2034 want them, or, where the mischief asks for it, not so.
/// Life: the mischief outlives it.
class writer {
public:
    explicit writer(const mischief& breaches) : breaches_(breaches) {}

    /// Takes the reply code, the enhanced status code (empty: none) and the text.
    std::string reply(std::string_view code, std::string_view status, std::string_view text) const;

    std::string greeting(std::string_view host, std::string_view text) const;

    /// The positive answer to EHLO and LHLO.
    std::string ehlo_reply(std::string_view host, const std::vector<std::string>& keywords) const;

private:
    bool breaks(const rfc::requirement& r) const { return breaches_.breaks(r); }
    std::string_view line_end() const;

    const mischief& breaches_;
};

} // namespace mailspec::serve::smtp
