#pragma once

#include "harness/run/capabilities.hpp"
#include "harness/run/target.hpp"
#include "harness/wire/buffer.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mailspec::run {

/// What line::asked is before the first command.
inline constexpr std::string_view unasked_greeting = "the greeting";

/// One connection of a scenario and what is known of it: the state that a dialogue works on.
struct line {
    // What every command needs comes first, close together.
    wire::buffer in;
    std::uint64_t framed = 0;            ///< offset in `in` up to which frames were found and shown
    std::chrono::microseconds due{};     ///< when its answer must be whole, since the scenario started
    std::chrono::milliseconds allowed{}; ///< the time that was given for it
    std::uint64_t flowed = 0;            ///< offset in `in` where the deadline was last moved
    std::uint64_t shown = 0;             ///< transcript's number of the line's latest entry
    std::size_t number = 0;              ///< in actions
    std::string_view partly;             ///< where in its answer the octets stopped: "in the midst of a literal"
    std::string asked;                   ///< what is to be answered, for sentences: "NOOP", "UID FETCH"
    bool open = false;
    bool secured = false;
    bool handshake_due = false; ///< STARTTLS was agreed to in a scenario's own command: what comes now may be TLS
    bool logged_in = false;
    bool selected = false;      ///< IMAP: a mailbox is
    bool exchange_open = false; ///< a command waits for its next line: IDLE, AUTHENTICATE, DATA

    endpoint door;    ///< its tls is what this line uses
    std::string name; ///< of the session in the scenario; of others what they are for: "observer"
    const account* who = nullptr;
    std::string role;
    capabilities can;
    std::string greeting;   ///< text as the server said it, line end not included
    std::string last_words; ///< an unasked BYE, 421: why it may have closed

    /// "alice's IMAP server at 127.0.0.1:11143".
    std::string show() const;
    /// "its answer to NOOP", "its greeting".
    std::string answer() const;
};

/// The one or two words that name a command in a sentence, never its arguments: "UID FETCH".
void name_command(std::string_view command, std::string& into);

/// "10 s", "250 ms".
std::string show_time(std::chrono::milliseconds span);

/// "IMAP", "ManageSieve": as people write it.
std::string_view display_name(wire::protocol p);

/// Octets of a server inside one of our sentences: printable ones as they are, others as \xHH, no longer than `most`.
std::string quote(std::string_view octets, std::size_t most = 160);

} // namespace mailspec::run
