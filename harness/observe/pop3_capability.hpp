#pragma once

#include "harness/observe/words.hpp"

#include <cstdint>
#include <string_view>

namespace mailspec::observe {

/// A set of what CAPA may announce, as bits.
using pop3_capabilities = std::uint16_t;

/// Those of RFC 2449 section 6, of which all are announced in both states, and STLS of RFC 2595.
struct pop3_capability {
    std::string_view tag;
    pop3_capabilities bit;
};
inline constexpr pop3_capability pop3_top{"TOP", 1}, pop3_uidl{"UIDL", 2}, pop3_stls{"STLS", 4},
    pop3_resp_codes{"RESP-CODES", 32};
inline constexpr pop3_capability all_pop3_capabilities[] = {
    pop3_top,        pop3_uidl,           pop3_stls,       {"USER", 8},         {"SASL", 16},
    pop3_resp_codes, {"LOGIN-DELAY", 64}, {"EXPIRE", 128}, {"PIPELINING", 256}, {"IMPLEMENTATION", 512}};

/// The bit of a tag, in whatever case; 0: none of those.
constexpr pop3_capabilities read_pop3_capability(std::string_view tag) {
    for (const auto& each : all_pop3_capabilities)
        if (is_word(tag, each.tag))
            return each.bit;
    return 0;
}

} // namespace mailspec::observe
