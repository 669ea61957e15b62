#pragma once

#include "harness/serve/mischief.hpp"

#include <string>
#include <string_view>

namespace mailspec::serve::smtp {

/// What a server that must not care has against a mail's header; empty: nothing.
/// Source: RFC 5321 sections 3.3, 3.7.2, 4.5.3.1.8, 6.3.
std::string_view objection_to(std::string_view mail, const mischief& breaches);

/// The mail as a server files it that does not keep it as it came.
std::string spoiled(std::string mail, const mischief& breaches);

/// How often a header has a field that begins so: "Received:".
std::size_t fields_named(std::string_view mail, std::string_view name);

} // namespace mailspec::serve::smtp
