#pragma once

#include "harness/scenario/bundled.hpp"
#include "harness/scenario/load.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace mailspec::scenario::test {

inline const std::filesystem::path here = std::filesystem::path(MAILSPEC_SOURCE_DIR) / "tests/scenario";

inline std::string read(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The ids of all scenarios below a folder of these tests, sorted: "bad/semantic/id".
inline std::vector<std::string> ids_below(const std::string& folder) {
    std::vector<std::string> out;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(here / folder))
        if (entry.path().extension() == ".xml")
            out.push_back(std::filesystem::relative(entry.path(), here).replace_extension().generic_string());
    std::sort(out.begin(), out.end());
    return out;
}

inline auto load_test_file(const std::string& id) {
    return load(id, id + ".xml", read(here / (id + ".xml")), bundled_messages());
}

/// Loads a scenario named "x" from its text; gives what is shown when it is refused.
inline std::string refusal(std::string_view xml) {
    const auto made = load("x", "x.xml", xml, bundled_messages());
    const auto* error = std::get_if<load_error>(&made);
    return error ? error->show() : "";
}

} // namespace mailspec::scenario::test
