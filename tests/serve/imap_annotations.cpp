#include "tests/serve/imap_client.hpp"

#include <gmock/gmock.h>

namespace mailspec::serve {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(ImapMetadata, KeepsWhatItIsTold) {
    imap_world world;
    auto c = world.log_in();
    EXPECT_EQ(c.say("a SETMETADATA Sent (/private/comment \"mine\" /Shared/Comment {4+}\r\nours)"),
              "a OK annotated\r\n");
    EXPECT_EQ(c.say("b GETMETADATA Sent (/shared/comment /private/comment /private/none)"),
              "* METADATA \"Sent\" (/private/comment \"mine\")\r\n* METADATA \"Sent\" (/shared/comment \"ours\")\r\n"
              "b OK the annotations\r\n");
    c.say("c RENAME Sent Gone");
    EXPECT_EQ(c.say("d SETMETADATA Gone (/private/comment NIL)"), "d OK annotated\r\n");
    EXPECT_EQ(c.say("e GETMETADATA (DEPTH infinity) Gone /shared"),
              "* METADATA \"Gone\" (/shared/comment \"ours\")\r\ne OK the annotations\r\n");
    EXPECT_EQ(c.say("f GETMETADATA (MAXSIZE 3 DEPTH 0) Gone /shared/comment"),
              "f OK [METADATA LONGENTRIES 4] but for what is longer\r\n");
}

TEST(ImapMetadata, SetsAllOrNone) {
    imap_world world;
    auto c = world.log_in();
    EXPECT_THAT(c.say("a SETMETADATA Sent (/private/comment \"x\" /private/specialuse \"\\\\Odd\")"),
                StartsWith("a NO [USEATTR]"));
    EXPECT_EQ(c.say("b GETMETADATA Sent /private/comment"), "b OK the annotations\r\n");
    EXPECT_THAT(c.say("c SETMETADATA None (/private/comment \"x\")"), StartsWith("c NO"));
    EXPECT_THAT(c.say("d SETMETADATA \"\" (/shared/comment \"x\")"), StartsWith("d NO"));
    EXPECT_THAT(c.say("e SETMETADATA Sent (/other/comment \"x\")"), StartsWith("e BAD"));
    EXPECT_THAT(c.say("f SETMETADATA Sent (/private/big {65537+}\r\n" + std::string(65537, 'x') + ")"),
                StartsWith("f NO [METADATA MAXSIZE 65536]"));
}

TEST(ImapMetadata, TellsAndChangesTheSpecialUse) {
    imap_world world;
    auto c = world.log_in();
    EXPECT_THAT(c.say("a GETMETADATA Sent /private/specialuse"), HasSubstr("(/private/specialuse \"\\\\Sent\")"));
    EXPECT_THAT(c.say("b GETMETADATA INBOX /private/specialuse"), HasSubstr("(/private/specialuse NIL)"));
    c.say("c SETMETADATA Sent (/private/specialuse \"\\\\Trash\")");
    EXPECT_THAT(c.say("d LIST \"\" Sent"), HasSubstr("\\Trash"));
}

TEST(ImapQuota, CountsAllMailboxes) {
    imap_world world;
    auto c = world.log_in();
    world.deliver(std::string(1500, 'x'));
    c.say("a APPEND Sent {600+}\r\n" + std::string(600, 'x'));
    EXPECT_EQ(c.say("b GETQUOTAROOT Sent"), "* QUOTAROOT \"Sent\" \"\"\r\n* QUOTA \"\" (STORAGE 2 1073741824)\r\n"
                                            "b OK the quota roots\r\n");
    EXPECT_THAT(c.say("c GETQUOTA \"\""), StartsWith("* QUOTA \"\" (STORAGE 2 "));
    EXPECT_THAT(c.say("d GETQUOTA other"), StartsWith("d NO"));
    EXPECT_THAT(c.say("e GETQUOTAROOT None"), StartsWith("e NO"));
}

TEST(ImapKeywords, AreNoMoreAtTheLimitAndThatIsTold) {
    imap_world world;
    world.deliver(plain_message);
    auto c = world.select();
    std::string flags;
    for (int i = 0; i < 200; ++i)
        flags += (i ? " k" : "k") + std::to_string(i);
    EXPECT_THAT(c.say("a STORE 1 +FLAGS.SILENT (" + flags + " more)"), StartsWith("a NO [LIMIT]"));
    EXPECT_THAT(c.say("b STORE 1 +FLAGS.SILENT (" + flags + ")"), HasSubstr("[PERMANENTFLAGS (\\Answered"));
    const auto selected = c.say("c SELECT INBOX");
    EXPECT_THAT(selected, HasSubstr("[PERMANENTFLAGS (\\Answered"));
    EXPECT_THAT(selected, testing::Not(HasSubstr("\\*")));
    EXPECT_THAT(c.say("d STORE 1 +FLAGS (k7)"), HasSubstr("d OK")) << "not a new one";
    EXPECT_THAT(c.say("e STORE 1 +FLAGS (more)"), StartsWith("e NO [LIMIT]"));
    EXPECT_THAT(c.say("f STORE 1 -FLAGS (more)"), HasSubstr("f OK"));
}

} // namespace
} // namespace mailspec::serve
