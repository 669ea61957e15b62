#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mailspec::reports {

/// A JSON string. Takes UTF-8.
std::string json_string(std::string_view text);

/// A JSON array, an item a line. Takes items that are JSON already, and what stands before the line that it begins on.
std::string json_list(const std::vector<std::string>& items, std::string_view indent);

} // namespace mailspec::reports
