#include "tests/scenario/files.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace mailspec::scenario::test {
namespace {

TEST(GoodFiles, Load) {
    const auto ids = ids_below("good");
    EXPECT_GE(ids.size(), 3u);
    for (const std::string& id : ids) {
        const auto made = load_test_file(id);
        const auto* error = std::get_if<load_error>(&made);
        EXPECT_EQ(error, nullptr) << error->show();
    }
}

/// What is shown for each bad file stands beside it; MAILSPEC_APPROVE=1 writes it anew, to be read before it is kept.
TEST(BadFiles, AreRefusedInTheseWords) {
    const auto ids = ids_below("bad");
    EXPECT_GE(ids.size(), 80u);
    for (const std::string& id : ids) {
        const auto made = load_test_file(id);
        const auto* error = std::get_if<load_error>(&made);
        ASSERT_NE(error, nullptr) << id << " loads";
        const auto golden = here / (id + ".txt");
        if (std::getenv("MAILSPEC_APPROVE"))
            std::ofstream(golden, std::ios::binary) << error->show();
        EXPECT_EQ(error->show(), read(golden)) << id;
    }
}

/// xmllint and the loader must agree; what only the loader can see lies in bad/semantic.
TEST(Schema, AgreesWithTheLoader) {
    if (std::system("xmllint --version >/dev/null 2>&1") != 0)
        GTEST_SKIP() << "xmllint is not installed";
    const auto schema = std::filesystem::path(MAILSPEC_SOURCE_DIR) / "scenarios/mailspec.xsd";
    const auto accepts = [&](const std::string& id) {
        const std::string command = "xmllint --noout --nonet --schema '" + schema.string() + "' '" +
                                    (here / (id + ".xml")).string() + "' >/dev/null 2>&1";
        return std::system(command.c_str()) == 0;
    };
    for (const std::string& id : ids_below("good"))
        EXPECT_TRUE(accepts(id)) << id;
    for (const std::string& id : ids_below("bad"))
        EXPECT_EQ(accepts(id), id.starts_with("bad/semantic/")) << id;
}

} // namespace
} // namespace mailspec::scenario::test
