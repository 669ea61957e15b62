#pragma once

#include "harness/run/play.hpp"
#include "harness/run/watch.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace mailspec::run {

/// One <change> as it stands for this run: names filled in.
struct declared {
    using kind = enum scenario::change::kind;
    kind what{};
    std::uint32_t message = 0;      ///< as numbered before the block
    std::vector<std::string> flags; ///< a flag_set()
    std::string role, mailbox;      ///< whose, which
    std::string to;                 ///< copied, moved, renamed to
    std::uint32_t times = 1;        ///< added, delivered
    std::string words;              ///< "gains \Seen"
    std::uint32_t line = 0;
    const rfc::requirement* proves = nullptr;

    bool is_about_message() const { return message != 0; }
    /// Brings messages to that place?
    bool brings(std::string_view whose, std::string_view place) const;
};

/// Fills in what the names stand for before the block: where none is given, the mailbox in hand.
std::vector<declared> what_is_declared(const play& of, const watch& at, const scenario::effect& e);

} // namespace mailspec::run
