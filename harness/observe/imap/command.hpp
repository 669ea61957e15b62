#pragma once

#include "harness/observe/imap/command_kind.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mailspec::observe::imap {

/// One command of the client as far as it has been sent, until it is completed.
struct command {
    enum class sending : std::uint8_t {
        text,      ///< its line is not yet ended
        literal,   ///< octets of a literal go out
        announced, ///< a synchronising literal waits for the continuation
        whole
    };

    static constexpr std::size_t longest_tag = 16;

    command_kind what = command_kind::other;
    sending state = sending::text;
    std::uint8_t tag_size = 0;
    std::uint8_t continuations = 0; ///< how many came for it outside literals
    std::uint8_t lines_more = 0;    ///< how many lines the client added to it on request: DONE, base64
    bool accompanied = false;       ///< another was in progress beside it: what came may be for that one
    bool cut = false;               ///< the arguments are longer than what is kept
    std::array<char, longest_tag> tag_octets{};
    std::uint64_t literal_left = 0;
    std::uint32_t sent_at = 0; ///< in the scenario's own time
    std::string arguments;     ///< what stands behind the name, literals as they came

    std::string_view tag() const { return {tag_octets.data(), tag_size}; }
    bool is_whole() const { return state == sending::whole; }
};

} // namespace mailspec::observe::imap
