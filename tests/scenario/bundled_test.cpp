#include "harness/scenario/bundled.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace mailspec::scenario {
namespace {

/// Does its outline say what the scenario says?
bool is_outlined(const scenario& s) {
    const auto all = bundled_outlines();
    const auto found = std::ranges::lower_bound(all, s.id, {}, &outline::id);
    std::string tags, protocols;
    for (const auto& tag : s.tags)
        tags += (tags.empty() ? "" : " ") + tag;
    for (const auto& each : s.sessions)
        if (const std::string name(wire::to_string(each.protocol)); protocols.find(name) == std::string::npos)
            protocols += (protocols.empty() ? "" : " ") + name;
    return found != all.end() && found->id == s.id && found->title == s.title && found->tags == tags &&
           found->protocols == protocols;
}

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
        EXPECT_TRUE(is_outlined(s)) << id;
        EXPECT_FALSE(s.proves.empty() && s.questions.empty()) << id << " must either prove something or ask something";
    }
    EXPECT_GT(count, 100u);
    EXPECT_EQ(bundled_outlines().size(), count);
}

bool is_about_attacks(std::string_view path) {
    if (path.starts_with("security/"))
        return true;
    constexpr std::string_view words[] = {"relays", "tells-", "in-clear", "handshake", "verifies", "nul-in", "bare-lf"};
    return path.starts_with("facts/") && std::ranges::any_of(words, [&](auto w) { return path.find(w) != path.npos; });
}

TEST(BundledScenarios, NameThePublicReferenceOfAnAttack) {
    constexpr std::string_view references[] = {"CVE-", "CWE-", "VU#", "https://"};
    for (const bundled_file& file : bundled()) {
        const bool named =
            std::ranges::any_of(references, [&](auto r) { return file.octets.find(r) != file.octets.npos; });
        EXPECT_TRUE(named || !file.path.ends_with(".xml") || !is_about_attacks(file.path)) << file.path;
    }
}

TEST(BundledFiles, AreFoundByTheirPath) {
    EXPECT_TRUE(bundled_octets("mail/plain.eml").has_value());
    EXPECT_TRUE(bundled_octets("imap/list.xml").has_value());
    EXPECT_FALSE(bundled_octets("imap/list").has_value());
    EXPECT_FALSE(bundled_octets("requirements/imap-base.xml").has_value());
}

} // namespace
} // namespace mailspec::scenario
