#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mailspec::wire::sasl {

/// The mechanisms that both halves speak, strongest first.
std::span<const std::string_view> known_mechanisms();

/// The name as we write it, for one in any case; nothing where it is not known.
std::optional<std::string_view> find_mechanism(std::string_view name);

/// "PLAIN, LOGIN, ...", for a sentence.
std::string known_mechanisms_text();

/// Takes a known name. True where a token logs in, no password.
bool takes_token(std::string_view mechanism);

/// Takes a known name. True where the client begins, so that its command may carry an initial response.
bool client_begins(std::string_view mechanism);

} // namespace mailspec::wire::sasl
