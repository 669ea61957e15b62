#pragma once

#include "harness/scenario/load.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::scenario {

/// The octets of one scenario file, with its lines found once so that any offset has its position at once.
///
/// Life: as long as the octets and the name given.
class source {
public:
    source(std::string_view file, std::string_view xml);

    std::string_view octets() const { return xml_; }
    /// Columns count characters, not octets.
    position at(std::size_t offset) const;
    load_error error(std::size_t offset, std::string_view message) const;

private:
    std::string_view file_, xml_;
    std::vector<std::size_t> lines_; ///< offset of each line's first octet
};

/// Ends the loading of a file; thrown and caught inside this room only.
struct refused {
    load_error why;
};

} // namespace mailspec::scenario
