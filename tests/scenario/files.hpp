#pragma once

#include "harness/scenario/bundled.hpp"
#include "harness/scenario/load.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
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

/// What is shown of a bad file stands beside it; MAILSPEC_APPROVE=1 writes it anew, to be read before it is kept.
inline void expect_shown(const std::string& id, const load_error& error) {
    const auto golden = here / (id + ".txt");
    if (std::getenv("MAILSPEC_APPROVE"))
        std::ofstream(golden, std::ios::binary) << error.show();
    EXPECT_EQ(error.show(), read(golden)) << id;
}

inline bool has_xmllint() { return std::system("xmllint --version >/dev/null 2>&1") == 0; }

/// Does xmllint find that file valid by that schema of ours?
inline bool accepts(const std::string& schema, const std::string& id) {
    const auto rules = std::filesystem::path(MAILSPEC_SOURCE_DIR) / "scenarios" / schema;
    const std::string command = "xmllint --noout --nonet --schema '" + rules.string() + "' '" +
                                (here / (id + ".xml")).string() + "' >/dev/null 2>&1";
    return std::system(command.c_str()) == 0;
}

/// Loads a scenario named "x" from its text; gives what is shown when it is refused.
inline std::string refusal(std::string_view xml) {
    const auto made = load("x", "x.xml", xml, bundled_messages());
    const auto* error = std::get_if<load_error>(&made);
    return error ? error->show() : "";
}

} // namespace mailspec::scenario::test
