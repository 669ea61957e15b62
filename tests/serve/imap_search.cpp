#include "tests/serve/imap_client.hpp"

#include <gmock/gmock.h>

namespace mailspec::serve {
namespace {

using testing::StartsWith;

struct found {
    std::string keys, numbers;
};

TEST(ImapSearch, FindsByEachKey) {
    imap_world world;
    world.deliver(plain_message, {"\\Seen", "$Work"});
    world.deliver(two_parts, {"\\Answered", "\\Flagged", "\\Deleted", "\\Draft"});
    auto c = world.select();
    for (const auto& [keys, numbers] : std::vector<found>{{"ALL", " 1 2"},
                                                          {"SEEN", " 1"},
                                                          {"UNSEEN", " 2"},
                                                          {"ANSWERED", " 2"},
                                                          {"UNANSWERED", " 1"},
                                                          {"FLAGGED", " 2"},
                                                          {"UNFLAGGED", " 1"},
                                                          {"DELETED", " 2"},
                                                          {"UNDELETED", " 1"},
                                                          {"DRAFT", " 2"},
                                                          {"UNDRAFT", " 1"},
                                                          {"KEYWORD $work", " 1"},
                                                          {"UNKEYWORD $Work", " 2"},
                                                          {"NEW", " 2"},
                                                          {"OLD", ""},
                                                          {"RECENT", " 1 2"},
                                                          {"1", " 1"},
                                                          {"2:*", " 2"},
                                                          {"UID 102", " 2"},
                                                          {"UID 1:101", " 1"},
                                                          {"NOT SEEN", " 2"},
                                                          {"OR SEEN DELETED", " 1 2"},
                                                          {"SEEN DELETED", ""},
                                                          {"(SEEN) UNDELETED", " 1"},
                                                          {"OR (SEEN DRAFT) (UNSEEN FLAGGED)", " 2"},
                                                          {"SUBJECT two", " 2"},
                                                          {"SUBJECT \"GR\xc3\xbcN\"", " 1"},
                                                          {"SUBJECT \"gr\xc3\xbcn TEA\"", " 1"},
                                                          {"FROM fOObar", " 1"},
                                                          {"TO owatagu", " 1"},
                                                          {"CC x", ""},
                                                          {"BCC x", ""},
                                                          {"HEADER Message-ID \"\"", " 1"},
                                                          {"HEADER mime-version 1.0", " 2"},
                                                          {"BODY \"hello world\"", " 2"},
                                                          {"BODY Subject", ""},
                                                          {"TEXT subject", " 1 2"},
                                                          {"TEXT \"hello joe\"", " 1"},
                                                          {"LARGER 10000", ""},
                                                          {"SMALLER 10000", " 1 2"},
                                                          {"ON 22-Nov-2026", " 1 2"},
                                                          {"BEFORE 22-Nov-2026", ""},
                                                          {"SINCE \"22-nov-2026\"", " 1 2"},
                                                          {"SENTON 7-Feb-1994", " 1"},
                                                          {"SENTBEFORE 8-Feb-1994", " 1"},
                                                          {"SENTSINCE 8-Feb-1994", ""},
                                                          {"CHARSET UTF-8 ALL", " 1 2"},
                                                          {"NOT NOT NOT SEEN", " 2"}})
        EXPECT_EQ(c.say("a SEARCH " + keys), "* SEARCH" + numbers + "\r\na OK searched\r\n") << keys;
}

TEST(ImapSearch, RefusesWhatIsNoKey) {
    imap_world world;
    world.deliver(plain_message);
    auto c = world.select();
    for (std::string bad : {"",
                            " ",
                            " MAGIC",
                            " SUBJECT",
                            " OR SEEN",
                            " NOT",
                            " (SEEN",
                            " ()",
                            " SEEN)",
                            " 2",
                            " UID",
                            " BEFORE 31-Feb-2020",
                            " ON 1-Foo-2020",
                            " LARGER x",
                            " CHARSET",
                            " CHARSET UTF-8",
                            " RETURN (MAGIC) ALL",
                            " RETURN ALL",
                            " KEYWORD",
                            " HEADER Subject"})
        EXPECT_THAT(c.say("a SEARCH" + bad), StartsWith("a BAD ")) << bad;
    EXPECT_THAT(c.say("b SEARCH CHARSET KOI8-R ALL"), StartsWith("b NO [BADCHARSET (US-ASCII UTF-8)]"));
    std::string deep(400, '(');
    EXPECT_THAT(c.say("c SEARCH " + deep + "ALL" + std::string(400, ')')), StartsWith("c BAD "));
}

TEST(ImapSearch, ReturnsWhatIsAskedFor) {
    imap_world world;
    for (int i = 0; i < 4; ++i)
        world.deliver(plain_message,
                      i == 2 ? std::set<std::string, std::less<>>{"\\Seen"} : std::set<std::string, std::less<>>{});
    auto c = world.select();
    EXPECT_EQ(c.say("a SEARCH RETURN (MIN MAX COUNT) UNSEEN"),
              "* ESEARCH (TAG \"a\") MIN 1 MAX 4 COUNT 3\r\na OK searched\r\n");
    EXPECT_EQ(c.say("b SEARCH RETURN () UNSEEN"), "* ESEARCH (TAG \"b\") ALL 1:2,4\r\nb OK searched\r\n");
    EXPECT_EQ(c.say("c UID SEARCH RETURN (ALL COUNT) SEEN"),
              "* ESEARCH (TAG \"c\") UID ALL 103 COUNT 1\r\nc OK searched\r\n");
    EXPECT_EQ(c.say("d SEARCH RETURN (MIN ALL COUNT) DRAFT"), "* ESEARCH (TAG \"d\") COUNT 0\r\nd OK searched\r\n");
    EXPECT_EQ(c.say("e UID SEARCH 2:3"), "* SEARCH 102 103\r\ne OK searched\r\n");
}

} // namespace
} // namespace mailspec::serve
