#include "tests/reports/approved.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace mailspec::tests {

std::string differs_from_approved(std::string_view name, std::string_view text) {
    const std::string dotted(name);
    const std::string stem = dotted.substr(0, dotted.find('.')), extension = dotted.substr(dotted.find('.'));
    const auto approved =
        std::filesystem::path(MAILSPEC_SOURCE_DIR) / "tests/reports/golden" / (stem + ".approved" + extension);
    const auto received = std::filesystem::path(MAILSPEC_RECEIVED_DIR) / (stem + ".received" + extension);
    std::ifstream file(approved, std::ios::binary);
    const std::string wanted((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    std::filesystem::create_directories(received.parent_path());
    std::filesystem::remove(received);
    if (file && wanted == text)
        return {};
    std::ofstream(received, std::ios::binary) << text;
    return received.string() + " is not " + approved.string() + "; if it should be: tools/approve.py";
}

} // namespace mailspec::tests
