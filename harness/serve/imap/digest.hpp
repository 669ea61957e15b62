#pragma once

#include "harness/serve/store.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::serve {

/// What FETCH and SEARCH ask of a message again and again, worked out once from its octets.
struct message_digest {
    std::optional<std::string> envelope; ///< "(...)", as it stands in a FETCH response
    std::optional<std::string> body;
    std::optional<std::string> body_structure;
    std::optional<std::string> readable_header;
    std::optional<std::string> readable_body;
    std::optional<std::optional<std::chrono::sys_days>> sent_on;
};

namespace imap {

const std::string& envelope_of(stored_message& m);
const std::string& body_of(stored_message& m);
const std::string& body_structure_of(stored_message& m);

/// The values of each header field of that name, unfolded, encoded words decoded to UTF-8.
std::vector<std::string> field_values(const stored_message& m, std::string_view name);

/// The whole header likewise.
const std::string& readable_header(stored_message& m);

/// The body as it stands, and after it each text part whose transfer encoding had to be undone.
const std::string& readable_body(stored_message& m);

/// The day in the Date field, without regard to time and zone.
std::optional<std::chrono::sys_days> sent_on(stored_message& m);

} // namespace imap

} // namespace mailspec::serve
