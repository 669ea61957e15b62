#pragma once

#include "harness/verdict/record.hpp"

#include <string>

namespace mailspec::reports {

/// What a server said of itself, as a JSON object on one line.
std::string json_server(const verdict::server_info& s);

} // namespace mailspec::reports
