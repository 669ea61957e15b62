#include "harness/run/plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mailspec::run {
namespace {

std::vector<scenario_ptr> shelf() {
    std::vector<scenario_ptr> out;
    for (const auto& [id, protocol, tag] : {std::tuple{"pop3/stat", wire::protocol::pop3, "notes"},
                                            {"imap/fetch/peek", wire::protocol::imap, "slow"},
                                            {"imap/fetch/flags", wire::protocol::imap, "notes"},
                                            {"imap/noop", wire::protocol::imap, ""}}) {
        auto s = std::make_shared<scenario::scenario>();
        s->id = id;
        s->sessions.emplace_back().protocol = protocol;
        s->tags.emplace_back(tag);
        out.push_back(std::move(s));
    }
    return out;
}

std::string chosen(const selection& by) {
    const auto from = shelf();
    const auto got = select(from, by);
    if (const auto* why = std::get_if<std::string>(&got))
        return *why;
    std::string out;
    for (const auto& each : std::get<plan>(got).scenarios)
        out += (out.empty() ? "" : " ") + each->id;
    return out;
}

TEST(Selection, TakesEverythingInOrderWhenNothingIsSaid) {
    EXPECT_EQ(chosen({}), "imap/fetch/flags imap/fetch/peek imap/noop pop3/stat");
}

TEST(Selection, GoesByIdFolderAndGlob) {
    EXPECT_EQ(chosen({{"imap/noop"}, {}, {}, {}}), "imap/noop");
    EXPECT_EQ(chosen({{"imap/fetch"}, {}, {}, {}}), "imap/fetch/flags imap/fetch/peek");
    EXPECT_EQ(chosen({{"imap/fetch/p*"}, {}, {}, {}}), "imap/fetch/peek");
    EXPECT_EQ(chosen({{"imap/*"}, {}, {}, {}}), "imap/noop");
    EXPECT_EQ(chosen({{"**/peek"}, {}, {}, {}}), "imap/fetch/peek");
    EXPECT_EQ(chosen({{"imap/**"}, {}, {}, {}}), "imap/fetch/flags imap/fetch/peek imap/noop");
}

TEST(Selection, GoesByTagProtocolAndExclusion) {
    EXPECT_EQ(chosen({{}, {"notes"}, {}, {}}), "imap/fetch/flags pop3/stat");
    EXPECT_EQ(chosen({{}, {}, {"pop3"}, {}}), "pop3/stat");
    EXPECT_EQ(chosen({{}, {}, {"imap"}, {"imap/fetch", "tag:slow"}}), "imap/noop");
    EXPECT_EQ(chosen({{}, {}, {}, {"tag:notes", "imap/noop"}}), "imap/fetch/peek");
}

TEST(Selection, RefusesWhatMatchesNothing) {
    EXPECT_EQ(chosen({{"imap/nop"}, {}, {}, {}}), "no scenario matches imap/nop; did you mean imap/noop?");
    EXPECT_EQ(chosen({{"x*"}, {}, {}, {}}), "no scenario matches x*");
    EXPECT_EQ(chosen({{}, {"fast"}, {}, {}}), "no scenario is tagged fast");
    EXPECT_EQ(chosen({{}, {}, {}, {"imap/nop"}}), "no scenario matches imap/nop; did you mean imap/noop?");
    EXPECT_EQ(chosen({{}, {}, {}, {"tag:fast"}}), "no scenario is tagged fast");
    EXPECT_EQ(chosen({{"imap/noop"}, {}, {"pop3"}, {}}), "nothing is selected");
    EXPECT_THAT(chosen({{}, {}, {"http"}, {}}), ::testing::HasSubstr("there is no protocol http"));
}

} // namespace
} // namespace mailspec::run
