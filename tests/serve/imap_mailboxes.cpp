#include "tests/serve/imap_client.hpp"

#include <gmock/gmock.h>

namespace mailspec::serve {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using namespace std::string_view_literals;

TEST(ImapMailboxes, SelectTellsAllThatTheTextDemands) {
    imap_world world;
    world.deliver(plain_message, {"\\Seen", "$Forwarded"});
    world.deliver(plain_message);
    auto c = world.log_in();
    EXPECT_EQ(
        c.say("a SELECT inbox"),
        "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft $Forwarded)\r\n"
        "* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft $Forwarded \\*)] flags that are kept\r\n"
        "* 2 EXISTS\r\n"
        "* 2 RECENT\r\n"
        "* OK [UNSEEN 2] the first unseen message\r\n"
        "* OK [UIDVALIDITY 1] UIDs are valid\r\n"
        "* OK [UIDNEXT 103] the next UID\r\n"
        "a OK [READ-WRITE] selected\r\n");
}

TEST(ImapMailboxes, ExamineIsReadOnly) {
    imap_world world;
    world.deliver(plain_message, {"\\Deleted"});
    auto c = world.log_in();
    EXPECT_THAT(c.say("a EXAMINE INBOX"), HasSubstr("a OK [READ-ONLY]"));
    EXPECT_THAT(c.say("b FETCH 1 BODY[]"), Not(HasSubstr("\\Seen")));
    EXPECT_THAT(c.say("c STORE 1 +FLAGS (\\Seen)"), StartsWith("c NO "));
    EXPECT_THAT(c.say("d EXPUNGE"), StartsWith("d NO "));
    EXPECT_THAT(c.say("e MOVE 1 Trash"), StartsWith("e NO "));
    EXPECT_THAT(c.say("f CLOSE"), StartsWith("f OK "));
    EXPECT_EQ(world.mail.find("alice")->inbox().messages().size(), 1u);
}

TEST(ImapMailboxes, AFailedSelectLeavesNoMailboxSelected) {
    imap_world world;
    auto c = world.select();
    EXPECT_THAT(c.say("a SELECT nowhere"), StartsWith("a NO [NONEXISTENT]"));
    EXPECT_THAT(c.say("b CHECK"), StartsWith("b BAD "));
    EXPECT_THAT(c.say("c SELECT"), StartsWith("c BAD "));
}

TEST(ImapMailboxes, CloseExpungesSilentlyAndUnselectDoesNot) {
    imap_world world;
    world.deliver(plain_message, {"\\Deleted"});
    auto c = world.select();
    EXPECT_EQ(c.say("a UNSELECT"), "a OK unselected\r\n");
    EXPECT_EQ(world.mail.find("alice")->inbox().messages().size(), 1u);
    c.say("t SELECT INBOX");
    EXPECT_EQ(c.say("b CLOSE"), "b OK closed\r\n");
    EXPECT_TRUE(world.mail.find("alice")->inbox().messages().empty());
}

TEST(ImapMailboxes, CreatesWithParentsAndOnce) {
    imap_world world;
    auto c = world.log_in();
    EXPECT_THAT(c.say("a CREATE lists/c++/"), StartsWith("a OK "));
    EXPECT_THAT(c.say("b LIST \"\" lists*"), testing::AllOf(HasSubstr("(\\HasChildren) \"/\" \"lists\"\r\n"),
                                                            HasSubstr("(\\HasNoChildren) \"/\" \"lists/c++\"\r\n")));
    EXPECT_THAT(c.say("c CREATE lists/c++"), StartsWith("c NO [ALREADYEXISTS]"));
    EXPECT_THAT(c.say("d CREATE inbox"), StartsWith("d NO [ALREADYEXISTS]"));
    EXPECT_THAT(c.say("e CREATE \"a*b\""), StartsWith("e NO [CANNOT]"));
    EXPECT_THAT(c.say("f CREATE a//b"), StartsWith("f NO [CANNOT]"));
    EXPECT_THAT(c.say("g CREATE \"&Jjo!\""), StartsWith("g NO [CANNOT]"));
    EXPECT_THAT(c.say("h CREATE \"\""), StartsWith("h NO [CANNOT]"));
    EXPECT_THAT(c.say("i CREATE"), StartsWith("i BAD "));
    EXPECT_THAT(c.say("j CREATE &g0l6P3ux-"), StartsWith("j OK "));
    EXPECT_THAT(c.say("k LIST \"\" &g0*"), HasSubstr("\"&g0l6P3ux-\""));
}

TEST(ImapMailboxes, GivesEachNewMailboxANewUidValidity) {
    imap_world world;
    auto c = world.log_in();
    c.say("t CREATE x");
    auto before = c.say("a STATUS x (UIDVALIDITY)");
    c.say("t DELETE x");
    c.say("t CREATE x");
    EXPECT_NE(c.say("a STATUS x (UIDVALIDITY)"), before);
}

TEST(ImapMailboxes, DeletesButNotInboxAndNotParents) {
    imap_world world;
    auto c = world.log_in();
    c.say("t CREATE a/b");
    EXPECT_THAT(c.say("a DELETE a"), StartsWith("a OK "));
    EXPECT_THAT(c.say("b LIST \"\" a"), HasSubstr("\\Noselect"));
    EXPECT_THAT(c.say("c SELECT a"), StartsWith("c NO "));
    EXPECT_THAT(c.say("d DELETE a"), StartsWith("d NO [HASCHILDREN]"));
    EXPECT_THAT(c.say("e DELETE a/b"), StartsWith("e OK "));
    EXPECT_THAT(c.say("f DELETE a"), StartsWith("f OK "));
    EXPECT_EQ(c.say("g LIST \"\" a*"), "g OK listed\r\n");
    EXPECT_THAT(c.say("h DELETE INBOX"), StartsWith("h NO [CANNOT]"));
    EXPECT_THAT(c.say("i DELETE nowhere"), StartsWith("i NO [NONEXISTENT]"));
}

TEST(ImapMailboxes, RenamesATreeAndKeepsItsMessages) {
    imap_world world;
    auto c = world.log_in();
    c.say("t CREATE a/b");
    c.say("t APPEND a/b {3+}\r\nabc");
    EXPECT_THAT(c.say("a RENAME a x/y"), StartsWith("a OK "));
    EXPECT_THAT(c.say("b LIST \"\" *"), testing::AllOf(HasSubstr("\"x/y/b\""), Not(HasSubstr("\"a"))));
    EXPECT_THAT(c.say("c STATUS x/y/b (MESSAGES)"), HasSubstr("(MESSAGES 1)"));
    EXPECT_THAT(c.say("d RENAME nowhere z"), StartsWith("d NO [NONEXISTENT]"));
    EXPECT_THAT(c.say("e RENAME x Sent"), StartsWith("e NO [ALREADYEXISTS]"));
    EXPECT_THAT(c.say("f RENAME x x/z"), StartsWith("f NO [CANNOT]"));
    EXPECT_THAT(c.say("g RENAME x"), StartsWith("g BAD "));
}

TEST(ImapMailboxes, RenamingInboxMovesItsMessages) {
    imap_world world;
    world.deliver(plain_message);
    auto c = world.select();
    EXPECT_THAT(c.say("a RENAME INBOX old"), testing::AllOf(HasSubstr("* 1 EXPUNGE\r\n"), HasSubstr("a OK ")));
    EXPECT_THAT(c.say("b STATUS old (MESSAGES)"), HasSubstr("(MESSAGES 1)"));
    EXPECT_THAT(c.say("c STATUS INBOX (MESSAGES)"), HasSubstr("(MESSAGES 0)"));
}

TEST(ImapMailboxes, ListsWithPatternsAndSpecialUse) {
    imap_world world;
    auto c = world.log_in();
    c.say("t CREATE a/b/c");
    auto all = c.say("a LIST \"\" *");
    EXPECT_THAT(all, HasSubstr("(\\HasNoChildren \\Sent) \"/\" \"Sent\""));
    EXPECT_THAT(all, HasSubstr("\"&XfJT0ZAB-\""));
    EXPECT_THAT(c.say("b LIST \"\" %"), Not(HasSubstr("a/b")));
    EXPECT_EQ(c.say("c LIST a/ %"), "* LIST (\\HasChildren) \"/\" \"a/b\"\r\nc OK listed\r\n");
    EXPECT_EQ(c.say("d LIST \"\" iNboX"), "* LIST (\\HasNoChildren) \"/\" \"INBOX\"\r\nd OK listed\r\n");
    EXPECT_EQ(c.say("e LIST \"\" \"\""), "* LIST (\\Noselect) \"/\" \"\"\r\ne OK listed\r\n");
    EXPECT_THAT(c.say("f LIST \"\" " + std::string(600, '*')), StartsWith("f BAD "));
    EXPECT_THAT(c.say("g LIST \"\""), StartsWith("g BAD "));
}

TEST(ImapMailboxes, ListsWithOptions) {
    imap_world world;
    auto c = world.log_in();
    c.say("t CREATE a/b");
    c.say("t SUBSCRIBE a/b");
    EXPECT_THAT(c.say("a LIST (SPECIAL-USE) \"\" *"), testing::AllOf(HasSubstr("\\Junk"), Not(HasSubstr("INBOX"))));
    EXPECT_THAT(c.say("b LIST \"\" * RETURN (SPECIAL-USE CHILDREN)"), HasSubstr("INBOX"));
    EXPECT_THAT(c.say("c LIST (SUBSCRIBED RECURSIVEMATCH) \"\" a"),
                HasSubstr("\"a\" (\"CHILDINFO\" (\"SUBSCRIBED\"))"));
    EXPECT_THAT(c.say("d LIST (RECURSIVEMATCH) \"\" *"), StartsWith("d BAD "));
    EXPECT_THAT(c.say("e LIST (MAGIC) \"\" *"), StartsWith("e BAD "));
    EXPECT_THAT(c.say("f LIST \"\" (INBOX Sent) RETURN (SUBSCRIBED)"), HasSubstr("\\Subscribed"));
}

TEST(ImapMailboxes, LsubFollowsSubscriptions) {
    imap_world world;
    auto c = world.log_in();
    c.say("t CREATE a/b");
    EXPECT_EQ(c.say("a LSUB \"\" a*"), "a OK listed\r\n");
    EXPECT_THAT(c.say("b SUBSCRIBE a/b"), StartsWith("b OK "));
    EXPECT_EQ(c.say("c LSUB \"\" a*"), "* LSUB () \"/\" \"a/b\"\r\nc OK listed\r\n");
    EXPECT_THAT(c.say("d LSUB \"\" %"), HasSubstr("* LSUB (\\Noselect) \"/\" \"a\"\r\n"));
    c.say("t DELETE a/b");
    EXPECT_EQ(c.say("e LSUB \"\" a*"), "* LSUB () \"/\" \"a/b\"\r\ne OK listed\r\n");
    EXPECT_THAT(c.say("f UNSUBSCRIBE a/b"), StartsWith("f OK "));
    EXPECT_EQ(c.say("g LSUB \"\" a*"), "g OK listed\r\n");
    EXPECT_THAT(c.say("h SUBSCRIBE"), StartsWith("h BAD "));
}

TEST(ImapMailboxes, StatusGivesTheItemsInTheOrderAskedFor) {
    imap_world world;
    world.deliver(plain_message, {"\\Seen"});
    world.deliver(plain_message);
    auto c = world.log_in();
    EXPECT_EQ(c.say("a STATUS inbox (UNSEEN messages RECENT UIDNEXT UIDVALIDITY SIZE)"),
              "* STATUS \"INBOX\" (UNSEEN 1 MESSAGES 2 RECENT 2 UIDNEXT 103 UIDVALIDITY 1 SIZE " +
                  std::to_string(2 * plain_message.size()) + ")\r\na OK the status\r\n");
    EXPECT_THAT(c.say("b STATUS nowhere (MESSAGES)"), StartsWith("b NO [NONEXISTENT]"));
    EXPECT_THAT(c.say("c STATUS INBOX (MAGIC)"), StartsWith("c BAD "));
    EXPECT_THAT(c.say("d STATUS INBOX ()"), StartsWith("d BAD "));
}

TEST(ImapMailboxes, AppendsWithFlagsAndDate) {
    imap_world world;
    auto c = world.select();
    EXPECT_EQ(c.say("a APPEND INBOX (\\Seen $Work) \"17-Jul-1996 02:44:25 -0700\" {3}"), "+ go ahead\r\n");
    EXPECT_EQ(c.say("abc"), "* 1 EXISTS\r\n* 1 RECENT\r\na OK [APPENDUID 1 101] appended\r\n");
    EXPECT_THAT(c.say("b FETCH 1 (FLAGS INTERNALDATE)"),
                HasSubstr("* 1 FETCH (FLAGS ($Work \\Seen \\Recent) INTERNALDATE \"17-Jul-1996 02:44:25 -0700\")"));
}

TEST(ImapMailboxes, AppendRefusesWhatItMust) {
    imap_world world;
    auto c = world.log_in();
    EXPECT_THAT(c.say("a APPEND nowhere {3+}\r\nabc"), StartsWith("a NO [TRYCREATE]"));
    EXPECT_THAT(c.say("b APPEND INBOX (\\Recent) {3+}\r\nabc"), StartsWith("b BAD "));
    EXPECT_THAT(c.say("c APPEND INBOX \"32-Jul-1996 02:44:25 -0700\" {3+}\r\nabc"), StartsWith("c BAD "));
    EXPECT_THAT(c.say("d APPEND INBOX {0+}\r\n"), StartsWith("d NO "));
    EXPECT_THAT(c.raw("e APPEND INBOX {3+}\r\na\0c\r\n"sv), StartsWith("e BAD "));
    EXPECT_THAT(c.raw("f APPEND INBOX ~{3+}\r\na\0c\r\n"sv), StartsWith("f OK "));
    EXPECT_THAT(c.say("g APPEND INBOX abc"), StartsWith("g BAD "));
    EXPECT_EQ(world.mail.find("alice")->inbox().messages().size(), 1u);
}

} // namespace
} // namespace mailspec::serve
