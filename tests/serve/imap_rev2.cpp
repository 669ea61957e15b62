#include "tests/serve/imap_client.hpp"

#include <gmock/gmock.h>

namespace mailspec::serve {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// A session of alice's that speaks IMAP4rev2.
line_dialogue enabled(imap_world& world) {
    auto c = world.log_in();
    EXPECT_THAT(c.say("e ENABLE IMAP4rev2"), StartsWith("* ENABLED IMAP4rev2\r\n"));
    return c;
}

TEST(ImapRev2, SelectTellsTheMailboxByListAndNothingOfRecent) {
    imap_world world;
    world.deliver(plain_message);
    auto c = enabled(world);
    EXPECT_THAT(c.say("a SELECT inbox"),
                AllOf(HasSubstr("* LIST (\\HasNoChildren) \"/\" \"INBOX\"\r\n"), HasSubstr("* 1 EXISTS\r\n"),
                      Not(HasSubstr("RECENT")), Not(HasSubstr("UNSEEN")), Not(HasSubstr("CLOSED"))));
    EXPECT_THAT(c.say("b FETCH 1 FLAGS"), StartsWith("* 1 FETCH (FLAGS ())\r\n"));
}

TEST(ImapRev2, TheNextSelectTellsThatTheFirstMailboxIsClosed) {
    imap_world world;
    auto c = enabled(world);
    c.say("a SELECT INBOX");
    EXPECT_THAT(c.say("b SELECT Sent"), StartsWith("* OK [CLOSED]"));
    EXPECT_THAT(c.say("c SELECT missing"), AllOf(StartsWith("* OK [CLOSED]"), HasSubstr("c NO")));
    EXPECT_THAT(c.say("d SELECT INBOX"), Not(HasSubstr("CLOSED")));
}

TEST(ImapRev2, WhatOthersDidComesWithTheUidAndWithoutRecent) {
    imap_world world;
    world.deliver(plain_message);
    auto c = enabled(world);
    c.say("a SELECT INBOX");
    world.select().say("b STORE 1 +FLAGS (\\Flagged)");
    world.deliver(plain_message);
    EXPECT_THAT(c.say("c NOOP"), AllOf(HasSubstr("* 1 FETCH (UID 101 FLAGS (\\Flagged))\r\n"),
                                       HasSubstr("* 2 EXISTS\r\n"), Not(HasSubstr("RECENT"))));
}

TEST(ImapRev2, SearchIsAnsweredWithEsearch) {
    imap_world world;
    world.deliver(plain_message);
    auto c = enabled(world);
    c.say("a SELECT INBOX");
    EXPECT_THAT(c.say("b SEARCH ALL"), StartsWith("* ESEARCH (TAG \"b\") ALL 1\r\n"));
    EXPECT_THAT(c.say("c SEARCH DELETED"), StartsWith("* ESEARCH (TAG \"c\")\r\n"));
}

TEST(ImapRev2, ANameInDenormalizedFormIsPutInNormalFormAndToldWithBoth) {
    imap_world world;
    auto c = enabled(world);
    const auto told = c.say("a CREATE \"u\xcc\x88"
                            "ber\"");
    EXPECT_THAT(told, AllOf(HasSubstr("\xc3\xbc"
                                      "ber"),
                            HasSubstr("(\"OLDNAME\" ("), HasSubstr("a OK")));
    EXPECT_THAT(c.say("b STATUS \"\xc3\xbc"
                      "ber\" (MESSAGES)"),
                HasSubstr("b OK"));
    EXPECT_THAT(c.say("c SELECT \"u\xcc\x88"
                      "ber\""),
                AllOf(HasSubstr("(\"OLDNAME\" ("), HasSubstr("c OK")));
    EXPECT_THAT(c.say("d SELECT \"\xc3\xbc"
                      "ber\""),
                Not(HasSubstr("OLDNAME")));
    EXPECT_THAT(c.say("e CREATE \"x\xcc\x88\""), HasSubstr("e NO")) << "there is no one character for it";
}

TEST(ImapRev2, NamesAreUtf8WhereItIsEnabledAndModifiedUtf7Elsewhere) {
    imap_world world;
    auto c = enabled(world);
    c.say("a CREATE \"Entw\xc3\xbcrfe & mehr\"");
    EXPECT_THAT(c.say("b LIST \"\" Entw*"), HasSubstr("Entw\xc3\xbcrfe & mehr"));
    EXPECT_THAT(world.log_in().say("c LIST \"\" Entw*"), HasSubstr("\"Entw&APw-rfe &- mehr\""));
    EXPECT_THAT(c.say("d STATUS \"Entw\xc3\xbcrfe & mehr\" (MESSAGES)"),
                AllOf(HasSubstr("Entw\xc3\xbcrfe & mehr"), HasSubstr("d OK")));
    EXPECT_THAT(c.say("e CREATE \"\xfc\""), StartsWith("e BAD"));
}

TEST(ImapRev2, StatusCountsTheDeleted) {
    imap_world world;
    world.deliver(plain_message, {"\\Deleted"});
    world.deliver(plain_message);
    EXPECT_THAT(world.log_in().say("a STATUS INBOX (DELETED)"), StartsWith("* STATUS \"INBOX\" (DELETED 1)\r\n"));
}

TEST(ImapListStatus, GivesTheStatusOfEachMailboxBehindItsList) {
    imap_world world;
    world.deliver(plain_message);
    auto c = world.log_in();
    EXPECT_THAT(c.say("a LIST \"\" (INBOX Sent) RETURN (STATUS (MESSAGES UNSEEN) CHILDREN)"),
                AllOf(HasSubstr("\"INBOX\"\r\n* STATUS \"INBOX\" (MESSAGES 1 UNSEEN 1)\r\n"),
                      HasSubstr("\"Sent\"\r\n* STATUS \"Sent\" (MESSAGES 0 UNSEEN 0)\r\n")));
    c.say("b CREATE place/below");
    c.say("c DELETE place");
    EXPECT_THAT(c.say("d LIST \"\" place RETURN (STATUS (MESSAGES))"), Not(HasSubstr("* STATUS")));
    EXPECT_THAT(c.say("e LIST \"\" % RETURN (STATUS (NONSENSE))"), StartsWith("e BAD"));
}

/// Three messages, the first and the last flagged.
line_dialogue with_three(imap_world& world) {
    world.deliver(plain_message, {"\\Flagged"});
    world.deliver(plain_message);
    world.deliver(plain_message, {"\\Flagged"});
    return world.select();
}

TEST(ImapSearchResult, IsWhatTheDollarStandsFor) {
    imap_world world;
    auto c = with_three(world);
    EXPECT_EQ(c.say("a SEARCH RETURN (SAVE) FLAGGED"), "a OK searched, and remembered\r\n");
    EXPECT_THAT(c.say("b FETCH $ UID"), StartsWith("* 1 FETCH (UID 101)\r\n* 3 FETCH (UID 103)\r\nb OK"));
    EXPECT_THAT(c.say("c UID SEARCH NOT $"), StartsWith("* SEARCH 102\r\n"));
    EXPECT_THAT(c.say("d UID SEARCH UID $"), StartsWith("* SEARCH 101 103\r\n"));
    EXPECT_THAT(c.say("e UID STORE $ +FLAGS.SILENT (\\Deleted)"), StartsWith("e OK"));
    EXPECT_THAT(c.say("f UID EXPUNGE $"), StartsWith("* 3 EXPUNGE\r\n* 1 EXPUNGE\r\n"));
    EXPECT_THAT(c.say("g FETCH $ UID"), StartsWith("g OK"));
}

TEST(ImapSearchResult, IsTheEndsOnlyWithMinAndMaxAlone) {
    for (const auto& [options, messages] : std::vector<std::pair<std::string, std::string>>{{"SAVE MIN", "1"},
                                                                                            {"MAX SAVE", "3"},
                                                                                            {"MIN MAX SAVE", "1 3"},
                                                                                            {"MIN SAVE COUNT", "1 3"},
                                                                                            {"SAVE ALL", "1 3"}}) {
        imap_world world;
        auto c = with_three(world);
        EXPECT_THAT(c.say("a SEARCH RETURN (" + options + ") FLAGGED"), StartsWith("* ESEARCH (TAG \"a\")"));
        EXPECT_THAT(c.say("b SEARCH $"), StartsWith("* SEARCH " + messages + "\r\n")) << options;
    }
}

TEST(ImapSearchResult, IsEmptiedBySelectAndByWhatIsRefused) {
    imap_world world;
    auto c = with_three(world);
    c.say("a SEARCH RETURN (SAVE) ALL");
    EXPECT_THAT(c.say("b SEARCH RETURN (SAVE) NONSENSE"), StartsWith("b BAD"));
    c.say("c SEARCH RETURN (COUNT) DELETED");
    EXPECT_THAT(c.say("d SEARCH $"), StartsWith("* SEARCH 1 2 3\r\n"));
    EXPECT_THAT(c.say("e SEARCH RETURN (SAVE) CHARSET KOI8-R ALL"), EndsWith("known here\r\n"));
    EXPECT_THAT(c.say("f SEARCH $"), StartsWith("* SEARCH\r\n"));
    c.say("g SEARCH RETURN (SAVE) ALL");
    c.say("h SELECT INBOX");
    EXPECT_THAT(c.say("i SEARCH $"), StartsWith("* SEARCH\r\n"));
}

} // namespace
} // namespace mailspec::serve
