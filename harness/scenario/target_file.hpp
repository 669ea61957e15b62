#pragma once

#include "harness/scenario/load.hpp"
#include "harness/wire/protocol.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mailspec::scenario {

/// A target file as plain values: what stands in it, defaults not yet filled in.
struct target_file {
    struct endpoint {
        wire::protocol protocol = wire::protocol::imap;
        std::string host;
        std::uint16_t port = 0; ///< 0: not said
        std::optional<tls_choice> tls;
        std::string ca, server_name;
        enum class verification { full, none } verify = verification::full;
    };
    struct secret {
        enum class source { none, given, environment, file, command, prompt } from = source::none;
        std::string what;
    };
    struct account {
        std::string role, user, address;
        enum class inbox { keep, disposable } mail = inbox::keep;
        secret password, token;
    };
    struct extra_command {
        wire::protocol protocol = wire::protocol::imap;
        std::string line;
    };
    struct note {
        std::string text;   ///< white space made single spaces
        std::string source; ///< where it can be read; empty: not said
        std::string when;   ///< what the server says when it applies; empty: a login is refused
    };
    std::string name, auth;
    std::vector<endpoint> endpoints;
    std::vector<account> accounts;
    std::vector<extra_command> after_login;
    std::vector<note> notes;
};

/// Loads a target file by the rules of scenarios/target.xsd; the first error ends it.
std::variant<target_file, load_error> load_target(std::string_view file, std::string_view xml);

} // namespace mailspec::scenario
