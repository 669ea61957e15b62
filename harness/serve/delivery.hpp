#pragma once

#include "harness/serve/mischief.hpp"
#include "harness/serve/store.hpp"

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::serve {

/// What the trace lines on top of a delivered mail say. Source: RFC 5321 section 4.4.
struct trace {
    std::string reverse_path; ///< in angle brackets
    std::string client;       ///< as it presented itself in EHLO
    std::string peer;         ///< address literal of the connection: "[127.0.0.1]"
    std::string protocol;     ///< RFC 3848: "ESMTPSA"
    std::string ciphersuite;  ///< RFC 8314 section 4.3; empty: none is told
    std::string id;
    std::vector<std::string> recipients; ///< in angle brackets
    std::chrono::sys_seconds received{};
};

/// The Return-Path and Received lines.
std::string trace_lines(const trace& t, const mischief& breaches);

/// Puts a mail, the trace lines before its octets unchanged, into the INBOX of each account; one copy each, the
/// octets shared.
void deliver(std::span<account* const> to, const trace& t, std::string_view octets, const mischief& breaches);

} // namespace mailspec::serve
