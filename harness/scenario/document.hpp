#pragma once

#include "harness/scenario/element.hpp"
#include "harness/scenario/source.hpp"

#include <memory>
#include <string_view>

namespace pugi {
class xml_document;
}

namespace mailspec::scenario {

/// One XML file, parsed; a fault of its syntax is thrown as `refused`.
///
/// Life: its elements are views of it, and of the source.
class document {
public:
    document(std::string_view xml, const source& in);
    ~document();
    document(const document&) = delete;
    document& operator=(const document&) = delete;

    element root() const;

private:
    std::unique_ptr<pugi::xml_document> parsed_;
    const source& in_;
};

} // namespace mailspec::scenario
