#pragma once

#include "harness/serve/imap/command_reader.hpp"
#include "harness/serve/imap/conversation.hpp"
#include "harness/serve/imap/reply.hpp"

#include <optional>
#include <string_view>

namespace mailspec::serve::imap {

/// A command as it arrived, before it is run.
struct arrival {
    std::string_view name; ///< in capitals: "UID MOVE"
    std::string_view line; ///< all of it but the tag, as the client wrote it
    bool is_known;         ///< there is such a command
    bool has_company;      ///< more has arrived behind it
};

/// What a breach says to a command without running it; nothing: let it run.
std::optional<reply> said_by_breach(conversation& c, const arrival& a);

/// Capabilities of which a breach needs that they are announced, though the server has nothing of them; each with a
/// space before it.
std::string_view promised_by_breach(const conversation& c);

/// How much a command may hold once somebody has logged in.
command_limits limits_after_login(const conversation& c);

/// True where a breach of LITERAL- needs that to be announced in place of LITERAL+.
bool has_literal_minus(const conversation& c);

} // namespace mailspec::serve::imap
