#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mailspec::reports {

/// A JSON string. Takes UTF-8.
std::string json_string(std::string_view text);

/// A JSON array, an item a line. Takes items that are JSON already, and what stands before the line that it begins on.
std::string json_list(const std::vector<std::string>& items, std::string_view indent);

/// Names, and values that are JSON already; a member without a value is left out.
using json_members = std::vector<std::pair<std::string_view, std::string>>;

/// A JSON object, a member a line. Takes what stands before the line that it begins on.
std::string json_object(const json_members& members, std::string_view indent);

/// The same on one line.
std::string json_object(const json_members& members);

} // namespace mailspec::reports
