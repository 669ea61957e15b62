#include "tests/scenario/files.hpp"

#include <gtest/gtest.h>

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

TEST(BadFiles, AreRefusedInTheseWords) {
    const auto ids = ids_below("bad");
    EXPECT_GE(ids.size(), 80u);
    for (const std::string& id : ids) {
        const auto made = load_test_file(id);
        const auto* error = std::get_if<load_error>(&made);
        ASSERT_NE(error, nullptr) << id << " loads";
        expect_shown(id, *error);
    }
}

/// xmllint and the loader must agree; what only the loader can see lies in bad/semantic.
TEST(Schema, AgreesWithTheLoader) {
    if (!has_xmllint())
        GTEST_SKIP() << "xmllint is not installed";
    for (const std::string& id : ids_below("good"))
        EXPECT_TRUE(accepts("mailspec.xsd", id)) << id;
    for (const std::string& id : ids_below("bad"))
        EXPECT_EQ(accepts("mailspec.xsd", id), id.starts_with("bad/semantic/")) << id;
}

} // namespace
} // namespace mailspec::scenario::test
