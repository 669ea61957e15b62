#include "harness/scenario/load.hpp"

#include "harness/scenario/document.hpp"
#include "harness/scenario/loader.hpp"

namespace mailspec::scenario {

namespace {

constexpr std::size_t most_octets = 8u << 20; // of one scenario file

} // namespace

std::variant<scenario, load_error> load(std::string_view id, std::string_view file, std::string_view xml,
                                        const message_source& messages) {
    const source in(file, xml);
    if (xml.size() > most_octets)
        return in.error(0, "the file is larger than 8 MiB");
    try {
        const document parsed(xml, in);
        return loader(id, file, messages).load(parsed.root());
    } catch (refused& r) {
        return std::move(r.why);
    }
}

} // namespace mailspec::scenario
