#include "harness/scenario/document.hpp"

#include "harness/scenario/well_formed.hpp"

#include <pugixml.hpp>

#include <string>

namespace mailspec::scenario {

document::document(std::string_view xml, const source& in) : parsed_(std::make_unique<pugi::xml_document>()), in_(in) {
    if (const auto fault = find_xml_fault(xml))
        throw refused{in.error(fault->at, fault->message)};
    constexpr auto flags =
        pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol | pugi::parse_wconv_attribute | pugi::parse_ws_pcdata;
    const auto result = parsed_->load_buffer(xml.data(), xml.size(), flags, pugi::encoding_utf8);
    if (!result)
        throw refused{
            in.error(static_cast<std::size_t>(result.offset), std::string("malformed XML: ") + result.description())};
}

document::~document() = default;

element document::root() const { return {parsed_->document_element().internal_object(), in_}; }

} // namespace mailspec::scenario
