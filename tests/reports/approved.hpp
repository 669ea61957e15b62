#pragma once

#include <string>
#include <string_view>

namespace mailspec::tests {

/// Compares with tests/reports/golden/<name>; where they differ, what came is left for tools/approve.py.
///
/// Gives    nothing when they are equal, else the sentence to fail with.
std::string differs_from_approved(std::string_view name, std::string_view text);

} // namespace mailspec::tests
