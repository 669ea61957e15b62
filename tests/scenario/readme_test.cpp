#include "tests/scenario/files.hpp"

#include <gtest/gtest.h>

namespace mailspec::scenario::test {
namespace {

/// Every ```xml block of scenarios/README.md.
std::vector<std::string> examples() {
    const std::string page = read(std::filesystem::path(MAILSPEC_SOURCE_DIR) / "scenarios/README.md");
    const std::string open = "```xml\n";
    std::vector<std::string> out;
    for (std::size_t at = page.find(open); at != std::string::npos; at = page.find(open, at)) {
        at += open.size();
        out.push_back(page.substr(at, page.find("```", at) - at));
    }
    return out;
}

std::string id_of(const std::string& xml) {
    const std::size_t at = xml.find("id=\"") + 4;
    return xml.substr(at, xml.find('"', at) - at);
}

TEST(Readme, HoldsExamplesThatAllLoad) {
    const auto all = examples();
    EXPECT_GE(all.size(), 15u);
    for (const std::string& xml : all) {
        const std::string id = id_of(xml);
        EXPECT_TRUE(id.starts_with("readme/")) << id;
        const auto made = load(id, "scenarios/README.md", xml, bundled_messages());
        const auto* error = std::get_if<load_error>(&made);
        EXPECT_EQ(error, nullptr) << error->show();
    }
}

TEST(Readme, ShowsAnErrorAsItReallyLooks) {
    const std::string page = read(std::filesystem::path(MAILSPEC_SOURCE_DIR) / "scenarios/README.md");
    const auto made = load("imap/x", "scenarios/imap/x.xml",
                           "<scenario xmlns='urn:mailspec:scenario:1' id='imap/x' title='t'><imap/>\n"
                           "  <C>FETCH 1 (UID)</C>\n  <S>* 1 FETCH (UID ${uid})</S>\n"
                           "  <C>FETCH ${uidd} FLAGS</C>\n</scenario>",
                           bundled_messages());
    ASSERT_TRUE(std::holds_alternative<load_error>(made));
    const std::string shown = std::get<load_error>(made).show();
    EXPECT_NE(page.find(shown), std::string::npos) << shown;
}

} // namespace
} // namespace mailspec::scenario::test
