// Any octets as a baseline: reading ends, and what is refused is one printable line that names a place in the file.
#include "reports/baseline_json.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>

using namespace mailspec;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto read = reports::read_baseline_json(text, "known.json");
    if (const auto* known = std::get_if<verdict::baseline>(&read)) {
        for (const auto& [id, scenario] : known->scenarios)
            if (id.empty())
                std::abort();
        return 0;
    }
    const auto& sentence = std::get<std::string>(read);
    const auto place = std::string_view(sentence).substr(std::string_view("known.json:").size());
    const auto line = static_cast<std::size_t>(std::strtoull(place.data(), nullptr, 10));
    const auto column = static_cast<std::size_t>(std::strtoull(place.substr(place.find(':') + 1).data(), nullptr, 10));
    if (line == 0 || line > size + 1 || column == 0 || column > size + 1 ||
        sentence.find_first_of(std::string_view("\n\r\t\0\x1b", 5)) != std::string::npos)
        std::abort();
    return 0;
}
