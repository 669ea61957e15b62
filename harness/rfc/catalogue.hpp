#pragma once

#include "harness/rfc/requirement.hpp"

// rfc::req::<id with '.' and '-' as '_'>, one constant for each catalogue entry, made by
// tools/generate_requirements.py: code cannot cite what does not exist.
#include "rfc/requirements.gen.hpp"

namespace mailspec::rfc {

/// Every requirement of the catalogue, ascending by id.
std::span<const requirement> catalogue();

/// The entry with that id, or null.
const requirement* find(std::string_view id);

} // namespace mailspec::rfc
