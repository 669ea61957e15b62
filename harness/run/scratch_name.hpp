#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mailspec::run {

// Scratch mailboxes are called "mailspec-20261126t090021-k3j9xw2b-12x...": when the run began (UTC), eight letters at
// random, the scenario's number in the run, and what the scenario puts behind. No person names a mailbox so.

/// Begins the name of every scratch mailbox, behind the prefix of the namespace.
inline constexpr std::string_view scratch_stem = "mailspec-";

/// "20261126t090021-k3j9xw2b": names a run.
std::string make_run_token(std::chrono::system_clock::time_point now);

/// The name of a scenario's scratch mailbox. The letter at its end keeps one name from being the beginning of
/// another's, which would be cleaned away with it.
std::string scenario_token(std::string_view run_token, std::size_t number);

/// Whose a mailbox is that a run made.
struct scratch_origin {
    std::string run_token;
    std::chrono::system_clock::time_point begun;
};

/// Nothing for whatever a run of mailspec would not have called so. Takes the name without its namespace's prefix.
std::optional<scratch_origin> read_scratch_name(std::string_view name);

} // namespace mailspec::run
