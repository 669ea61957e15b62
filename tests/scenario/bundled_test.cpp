#include "harness/scenario/bundled.hpp"

#include <gtest/gtest.h>

namespace mailspec::scenario {
namespace {

TEST(BundledScenarios, AllLoadAndSayWhatTheyProveOrAsk) {
    std::size_t count = 0;
    for (const bundled_file& file : bundled()) {
        if (!file.path.ends_with(".xml"))
            continue;
        ++count;
        const std::string id(file.path.substr(0, file.path.size() - 4));
        const auto made = load(id, "scenarios/" + std::string(file.path), file.octets, bundled_messages());
        const auto* error = std::get_if<load_error>(&made);
        EXPECT_EQ(error, nullptr) << error->show();
        if (error)
            continue;
        const auto& s = std::get<scenario>(made);
        EXPECT_NE(s.proves.empty(), s.questions.empty()) << id << " must either prove something or ask something";
    }
    EXPECT_GT(count, 100u);
}

TEST(BundledFiles, AreFoundByTheirPath) {
    EXPECT_TRUE(bundled_octets("mail/plain.eml").has_value());
    EXPECT_TRUE(bundled_octets("imap/list.xml").has_value());
    EXPECT_FALSE(bundled_octets("imap/list").has_value());
    EXPECT_FALSE(bundled_octets("requirements/imap-base.xml").has_value());
}

} // namespace
} // namespace mailspec::scenario
