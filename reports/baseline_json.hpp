#pragma once

#include "harness/verdict/baseline.hpp"

#include <string>
#include <string_view>
#include <variant>

namespace mailspec::reports {

/// Reads as a baseline what run_json writes, or what a person wrote in its manner; reports/README.md names each field.
///
/// Takes    any octets; name: of the file, for people.
/// Gives    the baseline, or one sentence that says what is wrong with it and where: "known.json:3:7: ...".
std::variant<verdict::baseline, std::string> read_baseline_json(std::string_view json, const std::string& name);

} // namespace mailspec::reports
