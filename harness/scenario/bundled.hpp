#pragma once

#include "harness/scenario/load.hpp"

#include <span>
#include <string_view>

namespace mailspec::scenario {

/// A file below the folder of scenarios that was built into the program.
struct bundled_file {
    std::string_view path; ///< below that folder: "imap/list.xml", "mail/plain.eml"
    std::string_view octets;
};

/// Every bundled scenario and message, ascending by path; neither requirements nor targets.
std::span<const bundled_file> bundled();

/// What is known of a bundled scenario without reading it.
struct outline {
    std::string_view id, title;
    std::string_view tags, protocols; ///< each once, a space between
};

/// One of each bundled scenario, ascending by id; tools/outline.py makes them of the files.
std::span<const outline> bundled_outlines();

/// The targets that are built in, profiles of providers: "163.xml", ascending by path.
std::span<const bundled_file> bundled_targets();

/// The octets of the bundled file at that path, if there is one.
std::optional<std::string_view> bundled_octets(std::string_view path);

/// Reads the message files of bundled scenarios.
message_source bundled_messages();

} // namespace mailspec::scenario
