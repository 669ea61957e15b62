#include "harness/observe/imap/list_watch.hpp"
#include "harness/observe/imap/mailbox_view.hpp"
#include "harness/observe/imap/search_watch.hpp"

#include "tests/observe/imap/dialogue.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

// What a server says is kept as far as it may matter and no farther, however much it says.
namespace mailspec::observe::imap {
namespace {

using observe::testing::broken_by;

TEST(AListWatch, KeepsNoMoreNamesHoweverManyAreListed) {
    constexpr std::size_t listed = 60000, kept = 20000;
    list_watch watch;
    std::vector<list_watch::childless> found;
    for (const std::uint32_t command : {1u, 2u}) { // what one answer contradicts counts only where the next does so too
        watch.begin(command);
        for (std::size_t n = 0; n < listed; ++n) {
            const auto name = "m" + std::to_string(n);
            watch.add_childless(name, list_watch::lacks::children_now);
            watch.add_parents(name + "/x", '/');
        }
        found = watch.contradicted();
    }
    EXPECT_EQ(found.size(), kept);
}

TEST(AListWatch, KeepsNoNameThatIsLongerThanAnyoneCallsAMailbox) {
    list_watch watch;
    for (const std::uint32_t command : {1u, 2u}) {
        watch.begin(command);
        for (const std::size_t length : {10, 5000}) {
            const std::string name(length, 'a');
            watch.add_childless(name, list_watch::lacks::children_now);
            watch.add_parents(name + "/x", '/');
        }
        const auto found = watch.contradicted();
        EXPECT_EQ(found.size(), command - 1);
    }
    watch.begin(3);
    std::string deep;
    for (int level = 0; level < 100000; ++level)
        deep += "a/";
    watch.add_parents(deep + "x", '/'); // of its 100000 levels none
    watch.add_childless("a", list_watch::lacks::children_now);
    EXPECT_TRUE(watch.contradicted().empty());
}

TEST(AListWatch, RemembersTheDelimitersOfTheFirstTopsOnly) {
    list_watch watch;
    for (int n = 0; n < 1000; ++n)
        watch.delimiter_below("t" + std::to_string(n), '/');
    int remembered = 0;
    for (int n = 0; n < 1000; ++n)
        remembered += watch.delimiter_below("t" + std::to_string(n), '.') == '/' ? 1 : 0;
    EXPECT_EQ(remembered, 256);
}

TEST(ASearchWatch, KeepsNoMoreNumbersAndThenSaysSo) {
    search_watch watch;
    watch.begin(1);
    for (std::uint32_t n = 1; n <= search_watch::most; ++n)
        watch.add(n, n);
    EXPECT_TRUE(watch.whole);
    for (std::uint32_t n = 1; n <= 1000; ++n)
        watch.add(n, n);
    EXPECT_FALSE(watch.whole);
    EXPECT_EQ(watch.told.size(), search_watch::most);
    watch.begin(2);
    EXPECT_TRUE(watch.whole);
    EXPECT_TRUE(watch.told.empty());
}

TEST(AMailboxView, HasABitForTheFirstFlagsOnly) {
    mailbox_view view;
    std::set<std::uint32_t> bits;
    for (int n = 0; n < 1000; ++n)
        bits.insert(view.bit_of("$flag" + std::to_string(n)));
    EXPECT_EQ(bits.size(), 33u) << "32, and zero for all others";
    EXPECT_EQ(view.bit_of("$FLAG7"), view.bit_of("$flag7"));
}

TEST(AMailboxView, KeepsNothingOfMessagesBeyondTheMost) {
    mailbox_view view;
    EXPECT_NE(view.message(mailbox_view::most), nullptr);
    EXPECT_EQ(view.message(mailbox_view::most + 1), nullptr);
    EXPECT_EQ(view.message(4294967295u), nullptr);
    EXPECT_EQ(view.known(), mailbox_view::most);
    incarnation shared;
    view.shared = &shared;
    known_message one;
    std::size_t kept = 0;
    for (std::uint32_t uid = 1; uid <= incarnation::most + 10; ++uid) {
        one.uid = uid;
        one.facts = nullptr;
        kept += view.facts_of(one) ? 1 : 0;
    }
    EXPECT_EQ(kept, incarnation::most);
}

TEST(AMailbox, ThatIsTooLargeToBeWatchedWhollyIsToldOf) {
    const auto of = [](int exists, const std::string& behind) {
        return testing::unwatched_in("C: s1 SELECT box\nS: * " + std::to_string(exists) +
                                     " EXISTS\nS: * OK [UIDVALIDITY 7] valid\nS: s1 OK [READ-WRITE] done\n" + behind);
    };
    const auto fetch = [](int number) {
        return "C: a1 FETCH " + std::to_string(number) + " UID\nS: * " + std::to_string(number) +
               " FETCH (UID 20000)\nS: a1 OK done\n";
    };
    const std::string search = "C: a2 SEARCH ALL\nS: * SEARCH 1\nS: a2 OK done\n";
    EXPECT_EQ(of(10000, fetch(10000)), "");
    EXPECT_EQ(of(10001, fetch(10001)),
              "of a mailbox only the first 10000 messages were watched for what must stay true of them");
    EXPECT_EQ(of(1000, search), "");
    EXPECT_EQ(of(1001, search), "SEARCH was held against what is known of the first 1000 messages of a mailbox only");
}

/// A dialogue with as many lines of that kind, in a mailbox of three messages.
std::string with_many(const std::string& command, const std::string& line, int times) {
    std::string out = R"(C: s1 SELECT box
        S: * FLAGS (\Answered \Flagged \Deleted \Seen \Draft)
        S: * 3 EXISTS
        S: * 0 RECENT
        S: * OK [UIDVALIDITY 7] valid
        S: * OK [UIDNEXT 10] next
        S: s1 OK [READ-WRITE] done
        C: a1 )" + command +
                      "\n";
    for (int n = 0; n < times; ++n)
        out += "S: " + line + "\n";
    return out + "S: a1 OK done";
}

std::string numbers(int from, int to) {
    std::string out;
    for (int n = from; n <= to; ++n)
        out += ' ' + std::to_string(n);
    return out;
}

/// Each of these was once gone through again for each that came after it.
TEST(AHostileAnswer, IsStillJudgedAtItsEnd) {
    EXPECT_EQ(broken_by(with_many("SEARCH ALL", "* SEARCH" + numbers(1, 2), 3000)), "search.agrees");
    std::string keywords;
    for (int n = 0; n < 3000; ++n)
        keywords += " $k" + std::to_string(n);
    const auto fetched = "* 1 FETCH (FLAGS (" + keywords.substr(1) + "))";
    EXPECT_EQ(broken_by(with_many("NOOP", "* FLAGS (\\Seen" + keywords + ")\nS: " + fetched, 10)), "");
    EXPECT_EQ(broken_by(with_many("NOOP", fetched, 10)), "flags.announced");
}

} // namespace
} // namespace mailspec::observe::imap
