#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mailspec::scenario {

/// Why a file is no XML document that a scenario can be.
struct xml_fault {
    std::size_t at = 0; ///< octets from the start of the file
    std::string message;
};

/// Looks through a file once: is it well-formed XML 1.0 in UTF-8, without DOCTYPE? The XML library reads it
/// afterwards; this is stricter and says in words of our own what is wrong.
///
/// Source   XML 1.0, 5th edition, sections 2.1 to 2.8, 3.1, 4.1.
std::optional<xml_fault> find_xml_fault(std::string_view xml);

/// Octets of the character at the front that XML allows; 0: none stands there.
std::size_t xml_character(std::string_view s);

} // namespace mailspec::scenario
