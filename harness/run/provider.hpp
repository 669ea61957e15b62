#pragma once

#include "harness/run/target.hpp"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mailspec::run {

/// What a target of the command line begins with that means a profile: `provider:163/alice@163.com`.
inline constexpr std::string_view provider_scheme = "provider:";

inline bool is_provider(std::string_view target) { return target.starts_with(provider_scheme); }

/// The names of the built-in profiles, ascending.
std::vector<std::string_view> provider_names();

/// A provider's doors, its ways and its notes, without accounts.
///
/// Faults   for a name that is not known a sentence, with the one that was probably meant and all that are known.
std::variant<target, std::string> profile_of(std::string_view name);

/// Takes over the notes of the profile whose host the target names, if it has none itself: a provider's refusals are
/// explained, and accuse nobody, also to those who do not know of the profile.
void add_known_notes(target& to);

} // namespace mailspec::run
