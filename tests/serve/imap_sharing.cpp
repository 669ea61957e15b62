#include "tests/serve/imap_client.hpp"

#include <gmock/gmock.h>

namespace mailspec::serve {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// Alice, who has a mailbox Work with one message in it, and bob.
class ImapSharing : public testing::Test {
protected:
    ImapSharing() {
        alice.say("t CREATE Work");
        alice.say("t APPEND Work {3+}\r\nabc");
        bob.say("t LOGIN bob bob-secret");
    }

    void grant(const std::string& rights) { EXPECT_EQ(alice.say("t SETACL Work bob " + rights), "t OK granted\r\n"); }

    imap_world world;
    line_dialogue alice = world.log_in();
    line_dialogue bob = world.connect();
};

TEST_F(ImapSharing, ShowsNothingUntilItIsGranted) {
    EXPECT_EQ(bob.say("a LIST \"\" user/*"), "a OK listed\r\n");
    for (const auto* command : {"EXAMINE user/alice/Work", "STATUS user/alice/Work (MESSAGES)",
                                "GETACL user/alice/Work", "MYRIGHTS user/alice/Work", "EXAMINE user/alice/Work/none"})
        EXPECT_EQ(bob.say(std::string("b ") + command), "b NO [NONEXISTENT] no such mailbox\r\n") << command;
    EXPECT_THAT(bob.say("c APPEND user/alice/Work {3+}\r\nabc"), StartsWith("c NO [TRYCREATE]"));
    grant("lr");
    EXPECT_EQ(bob.say("d LIST \"\" user/%"),
              "* LIST (\\HasChildren \\Noselect) \"/\" \"user/alice\"\r\nd OK listed\r\n");
    EXPECT_EQ(bob.say("e LIST \"\" user/*/*"), "* LIST (\\HasNoChildren) \"/\" \"user/alice/Work\"\r\ne OK listed\r\n");
    EXPECT_THAT(bob.say("f LIST \"\" *"), Not(HasSubstr("user/"))) << "wildcards do not match the prefix";
    EXPECT_THAT(alice.say("g LIST \"\" user/*"), Not(HasSubstr("user/"))) << "nor are one's own among them";
    alice.say("h DELETEACL Work bob");
    EXPECT_EQ(bob.say("i LIST \"\" user/*"), "i OK listed\r\n");
}

TEST_F(ImapSharing, IsForReadingOnlyWhereNothingElseIsGranted) {
    grant("lr");
    const auto selected = bob.say("a SELECT user/alice/Work");
    EXPECT_THAT(selected, HasSubstr("[PERMANENTFLAGS ()]"));
    EXPECT_THAT(selected, HasSubstr("a OK [READ-ONLY]"));
    EXPECT_THAT(bob.say("b FETCH 1 BODY[]"), Not(HasSubstr("\\Seen")));
    for (const auto* command : {"STORE 1 +FLAGS (\\Seen)", "EXPUNGE", "MOVE 1 INBOX"})
        EXPECT_THAT(bob.say(std::string("c ") + command), StartsWith("c NO")) << command;
}

TEST_F(ImapSharing, ChangesOnlyTheFlagsThatAreGranted) {
    grant("lrs");
    const auto selected = bob.say("a SELECT user/alice/Work");
    EXPECT_THAT(selected, HasSubstr("[PERMANENTFLAGS (\\Seen)]"));
    EXPECT_THAT(selected, HasSubstr("a OK [READ-WRITE]"));
    EXPECT_THAT(bob.say("b STORE 1 FLAGS (\\Seen \\Flagged word)"), StartsWith("* 1 FETCH (FLAGS (\\Seen \\Recent))"));
    EXPECT_THAT(bob.say("c STORE 1 +FLAGS (\\Deleted)"), StartsWith("c NO [NOPERM]"));
    EXPECT_THAT(bob.say("d EXPUNGE"), StartsWith("d NO [NOPERM]"));
    EXPECT_THAT(bob.say("e MOVE 1 INBOX"), StartsWith("e NO [NOPERM]"));
    EXPECT_THAT(bob.say("f COPY 1 INBOX"), StartsWith("f OK [COPYUID"));
    grant("lrte");
    EXPECT_THAT(bob.say("g MOVE 1 INBOX"), HasSubstr("* 1 EXPUNGE"));
}

TEST_F(ImapSharing, TellsNoUidsOfWhatMayNotBeRead) {
    grant("li");
    EXPECT_THAT(bob.say("a SELECT user/alice/Work"), StartsWith("a NO [NOPERM]"));
    EXPECT_EQ(bob.say("b APPEND user/alice/Work (\\Flagged) {3+}\r\nabc"), "b OK appended\r\n");
    EXPECT_THAT(alice.say("c SELECT Work"), HasSubstr("* 2 EXISTS"));
    EXPECT_THAT(alice.say("d FETCH 2 FLAGS"), Not(HasSubstr("Flagged"))) << "no right to set it";
}

TEST_F(ImapSharing, LeavesMakingAndDeletingToTheOwner) {
    grant("lrswitea");
    for (const auto* command : {"CREATE user/alice/Work/more", "DELETE user/alice/Work", "RENAME user/alice/Work Mine",
                                "RENAME INBOX user/alice/Other"})
        EXPECT_THAT(bob.say(std::string("a ") + command), StartsWith("a NO [NOPERM]")) << command;
}

TEST_F(ImapSharing, IsInheritedByWhatIsMadeBelow) {
    grant("l");
    alice.say("a CREATE Work/new");
    EXPECT_THAT(bob.say("b LIST \"\" user/*"), HasSubstr("\"user/alice/Work/new\""));
}

TEST_F(ImapSharing, HidesThatThereAreChildren) {
    alice.say("a CREATE Work/old");
    grant("lr");
    EXPECT_THAT(bob.say("b LIST \"\" user/alice/Work"), StartsWith("* LIST (\\HasNoChildren)"));
    EXPECT_THAT(alice.say("c LIST \"\" Work"), StartsWith("* LIST (\\HasChildren)"));
}

TEST_F(ImapSharing, IsToldByGetaclAndMyrights) {
    grant("lr");
    EXPECT_EQ(alice.say("a SETACL Work bob +td"), "a OK granted\r\n");
    EXPECT_EQ(alice.say("b SETACL Work bob -r"), "b OK granted\r\n");
    EXPECT_EQ(alice.say("c GETACL Work"), "* ACL \"Work\" \"alice\" \"lrswipkxteadc\" \"bob\" \"lted\"\r\n"
                                          "c OK that is who may\r\n");
    EXPECT_EQ(bob.say("d MYRIGHTS user/alice/Work"),
              "* MYRIGHTS \"user/alice/Work\" \"lted\"\r\nd OK that is what you may do\r\n");
    EXPECT_THAT(bob.say("e GETACL user/alice/Work"), StartsWith("e NO"));
    EXPECT_THAT(alice.say("f LISTRIGHTS Work bob"),
                StartsWith("* LISTRIGHTS \"Work\" \"bob\" \"\" l r s w i t e a d\r\n"));
    EXPECT_THAT(alice.say("g LISTRIGHTS Work alice"),
                StartsWith("* LISTRIGHTS \"Work\" \"alice\" \"lrswipkxteadc\"\r\n"));
    EXPECT_THAT(alice.say("h SETACL Work bob lQ"), StartsWith("h BAD"));
    EXPECT_THAT(alice.say("i SETACL Work -bob l"), StartsWith("i BAD"));
    EXPECT_THAT(alice.say("j SETACL Work alice l"), StartsWith("j NO"));
    EXPECT_THAT(alice.say("k SETACL None bob l"), StartsWith("k NO"));
}

} // namespace
} // namespace mailspec::serve
