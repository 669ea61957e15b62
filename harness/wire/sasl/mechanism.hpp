#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace mailspec::wire::sasl {

/// The mechanisms that both halves speak, strongest first.
std::span<const std::string_view> known_mechanisms();

/// The name as we write it, for one in any case; nothing where it is not known.
std::optional<std::string_view> find_mechanism(std::string_view name);

/// "PLAIN, LOGIN, ...", for a sentence.
std::string_view known_mechanisms_text();

} // namespace mailspec::wire::sasl
