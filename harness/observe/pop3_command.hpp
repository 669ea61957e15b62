#pragma once

#include <cstdint>
#include <string_view>

namespace mailspec::observe {

/// A POP3 command as far as a monitor needs to know it.
struct pop3_command {
    enum class verb : std::uint8_t {
        other, ///< unknown, or not well-formed: nothing is to be concluded from its answer
        user,
        pass,
        apop,
        auth,
        response, ///< a line that answers a challenge
        stls,
        capa,
        quit,
        stat,
        list,
        list_one,
        retr,
        dele,
        noop,
        rset,
        top,
        uidl,
        uidl_one
    } what = verb::other;
    std::uint32_t number = 0; ///< of the message
};

/// Takes a command line without its line end.
/// Source: RFC 1939, RFC 2449 section 5, RFC 2595 section 4, RFC 5034 section 4.
pop3_command read_pop3_command(std::string_view line);

/// "RETR": for sentences.
std::string_view name_of(pop3_command::verb v);

} // namespace mailspec::observe
