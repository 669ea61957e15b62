#include "harness/scenario/bundled.hpp"
#include "harness/scenario/target_file.hpp"

#include "tests/scenario/files.hpp"

#include <gtest/gtest.h>

namespace mailspec::scenario::test {
namespace {

auto load_target_file(const std::string& id) { return load_target(id + ".xml", read(here / (id + ".xml"))); }

TEST(GoodTargets, Load) {
    const auto ids = ids_below("targets/good");
    EXPECT_GE(ids.size(), 2u);
    for (const auto& id : ids) {
        const auto made = load_target_file(id);
        const auto* error = std::get_if<load_error>(&made);
        EXPECT_EQ(error, nullptr) << error->show();
    }
}

TEST(GoodTargets, KeepAllThatStandsInThem) {
    const auto made = load_target_file("targets/good/everything");
    ASSERT_TRUE(std::holds_alternative<target_file>(made));
    const auto& t = std::get<target_file>(made);
    using source = target_file::secret::source;
    EXPECT_EQ(t.name, "the staging server");
    EXPECT_EQ(t.auth, "SCRAM-SHA-256");
    ASSERT_EQ(t.endpoints.size(), 7u);
    EXPECT_EQ(t.endpoints[0].server_name, "mail.example.org");
    EXPECT_EQ(t.endpoints[1].host, "::1");
    EXPECT_EQ(t.endpoints[1].port, 993);
    EXPECT_EQ(t.endpoints[1].verify, target_file::endpoint::verification::none);
    EXPECT_EQ(t.endpoints[4].port, 0);
    EXPECT_EQ(t.endpoints[4].tls, std::nullopt);
    ASSERT_EQ(t.accounts.size(), 7u);
    EXPECT_EQ(t.accounts[0].role, "bob");
    EXPECT_EQ(t.accounts[0].mail, target_file::account::inbox::disposable);
    EXPECT_EQ(t.accounts[1].token.what, "get-token 'alice'");
    EXPECT_EQ(t.accounts[2].user, "carol & co");
    EXPECT_EQ(t.accounts[2].password.from, source::prompt);
    EXPECT_EQ(t.accounts[5].token.from, source::prompt);
    ASSERT_EQ(t.after_login.size(), 2u);
    EXPECT_EQ(t.after_login[0].line, "ID (\"name\" \"mailspec\" \"version\" \"1\")");
    EXPECT_EQ(t.after_login[1].line, "XCMD <1>");
    ASSERT_EQ(t.notes.size(), 2u);
    EXPECT_EQ(t.notes[0].text, "Be patient, and <try> again.");
    EXPECT_EQ(t.notes[0].source, "https://example.org/help");
    EXPECT_EQ(t.notes[0].when, "Not Now");
    EXPECT_EQ(t.notes[1].text, "Ask first.");
    EXPECT_EQ(t.notes[1].when, "");
}

/// The page's example, between ~~~xml and ~~~.
TEST(GoodTargets, AreAsThePageShowsThem) {
    const std::string page = read(std::filesystem::path(MAILSPEC_SOURCE_DIR) / "scenarios/README.md");
    const std::string open = "\n~~~xml\n";
    const auto from = page.find(open);
    ASSERT_NE(from, std::string::npos);
    const auto example = page.substr(from + open.size(), page.find("~~~\n", from + open.size()) - from - open.size());
    const auto made = load_target("scenarios/README.md", example);
    const auto* error = std::get_if<load_error>(&made);
    EXPECT_EQ(error, nullptr) << error->show();
}

TEST(Profiles, LoadWithoutAccountsAndWithWhatPeopleMustKnow) {
    EXPECT_EQ(bundled_targets().size(), 12u);
    for (const auto& file : bundled_targets()) {
        const auto made = load_target(file.path, file.octets);
        const auto* error = std::get_if<load_error>(&made);
        ASSERT_EQ(error, nullptr) << error->show();
        const auto& profile = std::get<target_file>(made);
        EXPECT_TRUE(profile.accounts.empty()) << file.path;
        EXPECT_FALSE(profile.notes.empty()) << file.path;
        EXPECT_EQ(file.octets, read(std::filesystem::path(MAILSPEC_SOURCE_DIR) / "scenarios/targets" / file.path));
        for (const auto& door : profile.endpoints)
            EXPECT_TRUE(door.tls && *door.tls != tls_choice::none) << file.path;
    }
}

TEST(BadTargets, AreRefusedInTheseWords) {
    const auto ids = ids_below("targets/bad");
    EXPECT_GE(ids.size(), 50u);
    for (const auto& id : ids) {
        const auto made = load_target_file(id);
        const auto* error = std::get_if<load_error>(&made);
        ASSERT_NE(error, nullptr) << id << " loads";
        expect_shown(id, *error);
    }
}

/// xmllint and the loader must agree; what only the loader can see lies in targets/bad/semantic.
TEST(TargetSchema, AgreesWithTheLoader) {
    if (!has_xmllint())
        GTEST_SKIP() << "xmllint is not installed";
    for (const auto& id : ids_below("targets/good"))
        EXPECT_TRUE(accepts("target.xsd", id)) << id;
    for (const auto& id : ids_below("targets/bad"))
        EXPECT_EQ(accepts("target.xsd", id), id.starts_with("targets/bad/semantic/")) << id;
}

} // namespace
} // namespace mailspec::scenario::test
