#include "harness/scenario/load.hpp"

#include "harness/scenario/loader.hpp"
#include "harness/scenario/well_formed.hpp"

#include <pugixml.hpp>

namespace mailspec::scenario {

namespace {

constexpr std::size_t most_octets = 8u << 20; // of one scenario file

scenario read(std::string_view id, std::string_view file, std::string_view xml, const message_source& messages,
              const source& in) {
    if (const auto fault = find_xml_fault(xml))
        throw refused{in.error(fault->at, fault->message)};
    pugi::xml_document document;
    const auto flags =
        pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol | pugi::parse_wconv_attribute | pugi::parse_ws_pcdata;
    const auto result = document.load_buffer(xml.data(), xml.size(), flags, pugi::encoding_utf8);
    if (!result)
        throw refused{
            in.error(static_cast<std::size_t>(result.offset), std::string("malformed XML: ") + result.description())};
    return loader(id, file, messages).load(element(document.document_element().internal_object(), in));
}

} // namespace

std::variant<scenario, load_error> load(std::string_view id, std::string_view file, std::string_view xml,
                                        const message_source& messages) {
    const source in(file, xml);
    if (xml.size() > most_octets)
        return in.error(0, "the file is larger than 8 MiB");
    try {
        return read(id, file, xml, messages, in);
    } catch (refused& r) {
        return std::move(r.why);
    }
}

} // namespace mailspec::scenario
