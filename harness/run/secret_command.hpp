#pragma once

#include <chrono>
#include <string>
#include <variant>

namespace mailspec::run {

/// Why a command gave no secret, as the end of a sentence about it: "failed with exit status 3". Never the command
/// itself, in which a secret may stand.
struct no_secret {
    std::string why;
};

/// Runs a shell command for a secret and gives the first line that it prints.
///
/// It has the terminal, as it may have to ask somebody, and what it says to standard error is seen. It is ended,
/// with all that it started in this process group, when the time is up; and it is when this process ends, by Ctrl-C
/// say. Takes    how long it may take. Faults   no_secret: it failed, printed nothing, took too long.
std::variant<std::string, no_secret> run_secret_command(const std::string& command, std::chrono::milliseconds within);

} // namespace mailspec::run
