#include "harness/serve/imap/arguments.hpp"
#include "harness/serve/imap/commands.hpp"
#include "harness/serve/imap/name_pattern.hpp"
#include "harness/serve/imap/writer.hpp"

#include <gmock/gmock.h>

namespace mailspec::serve::imap {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(ImapArguments, ReadEachFormOfAString) {
    arguments a("atom] \"quo\\\"te\\\\d\" {3}\r\na\"b {2+}\r\n\r\n");
    EXPECT_EQ(a.astring(), "atom]");
    a.sp();
    EXPECT_EQ(a.astring(), "quo\"te\\d");
    a.sp();
    EXPECT_EQ(a.astring(), "a\"b");
    a.sp();
    EXPECT_EQ(a.astring(), "\r\n");
    EXPECT_TRUE(a.done()) << a.why();
}

TEST(ImapArguments, FailOnceAndForGood) {
    arguments a("1x");
    EXPECT_EQ(a.number(), 1u);
    EXPECT_EQ(a.number(), 0u);
    EXPECT_EQ(a.why(), "a number is missing");
    EXPECT_EQ(a.atom(), "");
    EXPECT_FALSE(a.done());
    EXPECT_EQ(a.why(), "a number is missing");
}

TEST(ImapArguments, RefuseWhatIsNoString) {
    for (std::string bad : {"\"open", "\"a\\x\"", "\"a\rb\"", "{5}\r\nabc", "{x}\r\n", "(", "", "{3", "{1+}\r0"}) {
        arguments a(bad);
        a.astring();
        EXPECT_TRUE(a.failed()) << bad;
    }
}

TEST(ImapArguments, ReadDates) {
    using namespace std::chrono;
    EXPECT_EQ(arguments("1-feb-1994").date(), sys_days{1994y / 2 / 1});
    EXPECT_EQ(arguments("\"29-Feb-2024\"").date(), sys_days{2024y / 2 / 29});
    auto moment = arguments("\" 7-Feb-1994 21:52:25 -0830\"").moment();
    EXPECT_EQ(moment.zone_minutes, -510);
    EXPECT_EQ(moment.when, sys_days{1994y / 2 / 8} + 6h + 22min + 25s);
    for (std::string bad : {"29-Feb-2023", "1-Foo-1994", "1-Feb-94", "-Feb-1994", "1 Feb 1994"}) {
        arguments a(bad);
        a.date();
        EXPECT_TRUE(a.failed()) << bad;
    }
}

TEST(ImapArguments, ReadSequenceSets) {
    auto set = arguments("5:3,*,7,2:4").set();
    EXPECT_THAT(set.resolve(9), ElementsAre(Pair(2, 5), Pair(7, 7), Pair(9, 9)));
    EXPECT_TRUE(set.exceeds(6));
    EXPECT_FALSE(set.exceeds(7));
    EXPECT_TRUE(set.exceeds(0));
    std::uint32_t uids[] = {3, 6, 7, 20};
    EXPECT_THAT(set.pick(uids), ElementsAre(0, 2, 3));
    EXPECT_TRUE(set.contains(20, 20));
    EXPECT_FALSE(set.contains(6, 20));
    EXPECT_THAT(arguments("9:*").set().pick(uids), ElementsAre(3));
}

TEST(ImapArguments, WriteSetsAndDatesAsTheyAreRead) {
    std::string out;
    std::uint32_t numbers[] = {1, 2, 3, 5, 7, 8};
    put_set(out, numbers);
    EXPECT_EQ(out, "1:3,5,7:8");
    std::string date;
    auto moment = arguments("\" 7-Feb-1994 21:52:25 -0830\"").moment();
    put_date_time(date, moment.when, moment.zone_minutes);
    EXPECT_EQ(date, "\" 7-Feb-1994 21:52:25 -0830\"");
}

TEST(ImapArguments, WriteStringsInTheSimplestForm) {
    auto astring = [](std::string_view s) {
        std::string out;
        put_astring(out, s);
        return out;
    };
    EXPECT_EQ(astring("atom"), "atom");
    EXPECT_EQ(astring(""), "\"\"");
    EXPECT_EQ(astring("nil"), "\"nil\"");
    EXPECT_EQ(astring("a \"b\\"), "\"a \\\"b\\\\\"");
    EXPECT_EQ(astring("a\r\n"), "{3}\r\na\r\n");
    EXPECT_EQ(astring("\xc3\xbc"), "{2}\r\n\xc3\xbc");
}

TEST(ImapNamePattern, MatchesWithWildcards) {
    auto fits = [](const char* pattern, const char* name) { return name_pattern(pattern).matches(name); };
    EXPECT_TRUE(fits("*", "a/b/c"));
    EXPECT_TRUE(fits("%", "a"));
    EXPECT_FALSE(fits("%", "a/b"));
    EXPECT_TRUE(fits("a/%/c", "a/b/c"));
    EXPECT_TRUE(fits("*c", "a/b/c"));
    EXPECT_TRUE(fits("%*%", "a/b"));
    EXPECT_TRUE(fits("inBOX", "INBOX"));
    EXPECT_FALSE(fits("sent", "Sent"));
    EXPECT_FALSE(fits("a", "ab"));
    EXPECT_TRUE(fits("a*", "a"));
}

TEST(ImapNamePattern, TakesNoTimeForManyWildcards) {
    std::string pattern;
    for (int i = 0; i < 200; ++i)
        pattern += "*a";
    EXPECT_FALSE(name_pattern(pattern).matches(std::string(199, 'a')));
    EXPECT_TRUE(name_pattern(pattern).matches(std::string(250, 'a')));
}

TEST(ImapCapabilities, PromiseOnlyCommandsThatExist) {
    for (const auto& row : capability_table()) {
        std::string_view left = row.commands;
        while (!left.empty()) {
            std::string name(left.substr(0, left.find(' ')));
            left.remove_prefix(std::min(left.size(), name.size() + 1));
            std::ranges::replace(name, '_', ' ');
            EXPECT_NE(find_command(name), nullptr) << row.name << " promises " << name;
        }
    }
}

TEST(ImapCapabilities, EachCommandIsFoundByItsName) {
    for (const auto& entry : command_table())
        EXPECT_EQ(find_command(entry.name), &entry) << entry.name;
    EXPECT_EQ(find_command("MAGIC"), nullptr);
}

} // namespace
} // namespace mailspec::serve::imap
