#pragma once

#include <span>
#include <string>
#include <string_view>

namespace mailspec::match {

/// The known name that a mistyped one most likely meant, or "" where none is near (ASCII case aside, at most one
/// edit in three letters; a swap of neighbours is one edit).
std::string_view near_name(std::string_view wrong, std::span<const std::string_view> known);

/// "; did you mean uid?", or "" where nothing is near.
std::string did_you_mean(std::string_view wrong, std::span<const std::string_view> known);

} // namespace mailspec::match
