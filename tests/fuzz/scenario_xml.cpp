// Any octets as a scenario file: loaded or refused with a position inside the file and a message that can be shown.
#include "harness/scenario/load.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace mailspec::scenario;
    const std::string_view xml(reinterpret_cast<const char*>(data), size);
    const message_source messages = [](std::string_view path) -> std::optional<std::string> {
        return path == "mail/plain.eml" ? std::optional<std::string>("Subject: x\n\nline\n") : std::nullopt;
    };
    const auto made = load("x", "x.xml", xml, messages);
    const auto* error = std::get_if<load_error>(&made);
    if (!error)
        return 0;
    const auto lines = static_cast<std::size_t>(std::count(xml.begin(), xml.end(), '\n')) + 1;
    const std::string shown = error->show();
    const bool clean = std::none_of(shown.begin(), shown.end(), [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
    });
    if (error->where.line == 0 || error->where.line > lines || error->where.column == 0 || error->message.empty() ||
        !clean)
        std::abort();
    return 0;
}
