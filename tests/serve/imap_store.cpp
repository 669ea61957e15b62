#include "tests/serve/imap_client.hpp"

#include <gmock/gmock.h>

namespace mailspec::serve {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(ImapStore, ChangesFlagsInEachWay) {
    imap_world world;
    world.deliver(plain_message);
    auto c = world.select();
    EXPECT_EQ(c.say("a STORE 1 +FLAGS (\\seen \\Flagged)"),
              "* 1 FETCH (FLAGS (\\Flagged \\Seen \\Recent))\r\na OK stored\r\n");
    EXPECT_EQ(c.say("b STORE 1 -FLAGS \\Seen"), "* 1 FETCH (FLAGS (\\Flagged \\Recent))\r\nb OK stored\r\n");
    EXPECT_EQ(c.say("c STORE 1 FLAGS.SILENT (\\Deleted)"), "c OK stored\r\n");
    EXPECT_EQ(c.say("d UID STORE 101 +FLAGS ()"), "* 1 FETCH (UID 101 FLAGS (\\Deleted \\Recent))\r\nd OK stored\r\n");
    EXPECT_EQ(c.say("e UID STORE 7 +FLAGS (\\Seen)"), "e OK stored\r\n");
}

TEST(ImapStore, AnnouncesANewKeywordBeforeItIsUsed) {
    imap_world world;
    world.deliver(plain_message);
    auto c = world.select();
    EXPECT_THAT(c.say("a STORE 1 +FLAGS ($New)"),
                StartsWith("* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft $New)\r\n* OK [PERMANENTFLAGS "));
    EXPECT_THAT(c.say("b STORE 1 -FLAGS ($New)"), StartsWith("* 1 FETCH "));
}

TEST(ImapStore, RefusesWhatItMust) {
    imap_world world;
    world.deliver(plain_message);
    auto c = world.select();
    for (std::string bad :
         {"1 FLAGS", "1 FLAGS (\\Recent)", "1 FLAGS (\\Magic)", "1 MAGIC (\\Seen)", "2 FLAGS (\\Seen)",
          "1 FLAGS (\\Seen", "1 FLAGS \\Seen)", "FLAGS (\\Seen)", "1 FLAGS (a  b)"})
        EXPECT_THAT(c.say("a STORE " + bad), StartsWith("a BAD ")) << bad;
    EXPECT_TRUE(world.mail.find("alice")->inbox().messages()[0].flags.empty());
}

TEST(ImapExpunge, RemovesTheDeletedAndNumbersTheRestAnew) {
    imap_world world;
    for (auto* flag : {"\\Deleted", "\\Seen", "\\Deleted", "\\Deleted"})
        world.deliver(plain_message, {flag});
    auto c = world.select();
    EXPECT_EQ(c.say("a UID EXPUNGE 104:*"), "* 4 EXPUNGE\r\n* 3 RECENT\r\na OK expunged\r\n");
    EXPECT_EQ(c.say("b EXPUNGE"), "* 3 EXPUNGE\r\n* 1 EXPUNGE\r\n* 1 RECENT\r\nb OK expunged\r\n");
    EXPECT_EQ(c.say("c FETCH 1:* (UID FLAGS)"), "* 1 FETCH (UID 102 FLAGS (\\Seen \\Recent))\r\nc OK fetched\r\n");
    EXPECT_THAT(c.say("d UID EXPUNGE"), StartsWith("d BAD "));
    EXPECT_THAT(c.say("e EXPUNGE 1"), StartsWith("e BAD "));
}

TEST(ImapCopy, KeepsFlagsAndDateAndSaysWhere) {
    imap_world world;
    world.deliver(plain_message, {"\\Seen", "$Work"});
    world.deliver(plain_message);
    auto c = world.select();
    EXPECT_EQ(c.say("a COPY 1:2 Sent"), "a OK [COPYUID 5 101:102 101:102] copied\r\n");
    EXPECT_EQ(c.say("b UID COPY 102 Sent"), "b OK [COPYUID 5 102 103] copied\r\n");
    EXPECT_EQ(c.say("c UID COPY 999 Sent"), "c OK copied\r\n");
    EXPECT_THAT(c.say("d COPY 1 nowhere"), StartsWith("d NO [TRYCREATE]"));
    EXPECT_THAT(c.say("e COPY 3 Sent"), StartsWith("e BAD "));
    EXPECT_THAT(c.say("f COPY 1"), StartsWith("f BAD "));
    EXPECT_EQ(c.say("g COPY 2 INBOX"), "* 3 EXISTS\r\n* 3 RECENT\r\ng OK [COPYUID 1 102 103] copied\r\n");
    c.say("t SELECT Sent");
    EXPECT_THAT(c.say("h FETCH 1 (FLAGS INTERNALDATE)"),
                HasSubstr("(FLAGS ($Work \\Seen \\Recent) INTERNALDATE \"22-Nov-2026 23:04:12 +0000\")"));
}

TEST(ImapMove, TakesTheMessagesAway) {
    imap_world world;
    world.deliver(plain_message);
    world.deliver(two_parts);
    auto c = world.select();
    EXPECT_EQ(c.say("a MOVE 1 Trash"), "* OK [COPYUID 6 101 101] moved\r\n* 1 EXPUNGE\r\n* 1 RECENT\r\na OK moved\r\n");
    EXPECT_THAT(c.say("b UID MOVE 102 nowhere"), StartsWith("b NO [TRYCREATE]"));
    EXPECT_THAT(c.say("c UID MOVE 102 Trash"), HasSubstr("* 1 EXPUNGE\r\n* 0 RECENT\r\nc OK "));
    EXPECT_EQ(c.say("d UID MOVE 102 Trash"), "d OK moved\r\n");
    EXPECT_EQ(world.mail.find("alice")->find_mailbox("Trash")->messages().size(), 2u);
}

} // namespace
} // namespace mailspec::serve
