#pragma once

#include "harness/scenario/scenario.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace mailspec::scenario {

/// Why a scenario file was refused, ready to be shown:
///
///     scenarios/imap/x.xml:7:4: unknown element <nevr>; did you mean <never>?
///       7 |   <nevr>* BYE</nevr>
///         |    ^
struct load_error {
    std::string file;
    position where;
    std::string message;     ///< one sentence
    std::string source_line; ///< that line of the file
    std::string show() const;
};

/// Gives the octets of a message file named relative to the folder of scenarios, or nothing.
using message_source = std::function<std::optional<std::string>(std::string_view path)>;

/// Loads one scenario by the rules of scenarios/README.md; the first error ends it.
///
/// Takes    id: the path below the folder, without ".xml"; file: as shown to people; xml: its octets.
/// Faults   load_error for malformed XML, unknown elements, attributes, variables and requirements, bad
///          patterns, an id that is not the path, a message file that cannot be read.
std::variant<scenario, load_error> load(std::string_view id, std::string_view file, std::string_view xml,
                                        const message_source& messages);

} // namespace mailspec::scenario
