#include "tests/serve/imap_client.hpp"

#include <gmock/gmock.h>

namespace mailspec::serve {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(ImapTwoSessions, TellNewMessagesAtTheNextCommand) {
    imap_world world;
    auto a = world.select();
    auto b = world.select();
    a.say("a APPEND INBOX {3+}\r\nabc");
    EXPECT_EQ(b.say("b NOOP"), "* 1 EXISTS\r\n* 0 RECENT\r\nb OK nothing done\r\n");
    EXPECT_EQ(b.say("c NOOP"), "c OK nothing done\r\n");
}

TEST(ImapTwoSessions, TellChangedFlagsButNotToTheOneThatChangedThem) {
    imap_world world;
    world.deliver(plain_message);
    auto a = world.select();
    auto b = world.select();
    EXPECT_EQ(a.say("a STORE 1 +FLAGS.SILENT (\\Seen)"), "a OK stored\r\n");
    EXPECT_EQ(a.say("b NOOP"), "b OK nothing done\r\n");
    EXPECT_EQ(b.say("c FETCH 1 RFC822.SIZE"), "* 1 FETCH (RFC822.SIZE " + std::to_string(plain_message.size()) +
                                                  ")\r\n* 1 FETCH (FLAGS (\\Seen))\r\nc OK fetched\r\n");
    EXPECT_EQ(b.say("d NOOP"), "d OK nothing done\r\n");
}

TEST(ImapTwoSessions, NeverTellExpungeDuringFetchStoreAndSearch) {
    imap_world world;
    for (int i = 0; i < 3; ++i)
        world.deliver(plain_message);
    auto a = world.select();
    auto b = world.select();
    a.say("a STORE 2 +FLAGS.SILENT (\\Deleted)");
    a.say("a EXPUNGE");
    for (std::string quiet : {"FETCH 3 UID", "STORE 3 +FLAGS (\\Seen)", "SEARCH ALL", "UID FETCH 103 FLAGS"}) {
        auto answer = b.say("b " + quiet);
        EXPECT_THAT(answer, Not(HasSubstr("EXPUNGE"))) << quiet;
        EXPECT_THAT(answer, HasSubstr("b OK ")) << quiet;
    }
    EXPECT_THAT(b.say("c FETCH 3 UID"), StartsWith("* 3 FETCH (UID 103)"));
    EXPECT_EQ(b.say("d NOOP"), "* 2 EXPUNGE\r\n* 0 RECENT\r\nd OK nothing done\r\n");
    EXPECT_THAT(b.say("e FETCH 2 UID"), StartsWith("* 2 FETCH (UID 103)"));
}

TEST(ImapTwoSessions, CanStillReadWhatTheOtherExpunged) {
    imap_world world;
    world.deliver(plain_message, {"\\Deleted"});
    auto a = world.select();
    auto b = world.select();
    a.say("a EXPUNGE");
    EXPECT_THAT(b.say("b FETCH 1 BODY.PEEK[TEXT]"), HasSubstr("Hello Joe"));
    EXPECT_THAT(b.say("c STORE 1 +FLAGS (\\Seen)"), StartsWith("c NO [EXPUNGEISSUED]"));
    EXPECT_THAT(b.say("d COPY 1 Sent"), HasSubstr("d NO [EXPUNGEISSUED]"));
    EXPECT_TRUE(world.mail.find("alice")->find_mailbox("Sent")->messages().empty());
}

TEST(ImapTwoSessions, AMessageThatCameAndWentIsNeverTold) {
    imap_world world;
    auto a = world.select();
    auto b = world.select();
    a.say("a APPEND INBOX (\\Deleted) {3+}\r\nabc");
    a.say("a EXPUNGE");
    EXPECT_EQ(b.say("b NOOP"), "b OK nothing done\r\n");
}

TEST(ImapTwoSessions, RecentIsForOneOfThem) {
    imap_world world;
    world.deliver(plain_message);
    auto examining = world.log_in();
    EXPECT_THAT(examining.say("a EXAMINE INBOX"), HasSubstr("* 1 RECENT"));
    auto first = world.log_in();
    EXPECT_THAT(first.say("b SELECT INBOX"), HasSubstr("* 1 RECENT"));
    auto second = world.log_in();
    EXPECT_THAT(second.say("c SELECT INBOX"), HasSubstr("* 0 RECENT"));
    EXPECT_THAT(second.say("d SEARCH NEW"), StartsWith("* SEARCH\r\n"));
    EXPECT_THAT(first.say("e SEARCH NEW"), StartsWith("* SEARCH 1\r\n"));
    EXPECT_THAT(first.say("f SELECT INBOX"), HasSubstr("* 0 RECENT"));
}

TEST(ImapTwoSessions, IdleHearsAtOnce) {
    imap_world world;
    auto a = world.select();
    imap_session idle(world.mail, world.options);
    int woken = 0;
    idle.set_wake([&] { ++woken; });
    idle.receive("a LOGIN alice alice-secret\r\nb SELECT INBOX\r\nc IDLE\r\n");
    EXPECT_THAT(idle.take_output(), testing::EndsWith("+ idling\r\n"));
    a.say("a APPEND INBOX {3+}\r\nabc");
    EXPECT_EQ(woken, 1);
    EXPECT_EQ(idle.take_output(), "* 1 EXISTS\r\n* 0 RECENT\r\n");
    a.say("b STORE 1 +FLAGS (\\Seen)");
    EXPECT_EQ(idle.take_output(), "* 1 FETCH (FLAGS (\\Seen))\r\n");
    a.say("c STORE 1 +FLAGS (\\Deleted)");
    a.say("d EXPUNGE");
    EXPECT_EQ(idle.take_output(), "* 1 EXPUNGE\r\n* 0 RECENT\r\n");
    idle.receive("done\r\n");
    EXPECT_EQ(idle.take_output(), "c OK no longer idle\r\n");
    woken = 0;
    a.say("e APPEND INBOX {3+}\r\nabc");
    EXPECT_EQ(woken, 0);
    EXPECT_EQ(idle.take_output(), "");
}

TEST(ImapTwoSessions, IdleEndsByDoneAlone) {
    imap_world world;
    auto c = world.log_in();
    EXPECT_EQ(c.say("a IDLE"), "+ idling\r\n");
    EXPECT_THAT(c.say("b NOOP"), StartsWith("a BAD "));
    EXPECT_THAT(c.say("c NOOP"), StartsWith("c OK "));
    EXPECT_THAT(c.say("d IDLE now"), StartsWith("d BAD "));
}

TEST(ImapTwoSessions, DeletionOfTheMailboxEndsTheOtherSessionAndUnselectsTheOwn) {
    imap_world world;
    auto a = world.log_in();
    a.say("a CREATE x");
    a.say("a SELECT x");
    auto b = world.select("x");
    imap_session idle(world.mail, world.options);
    idle.receive("a LOGIN alice alice-secret\r\nb SELECT x\r\nc IDLE\r\n");
    idle.take_output();
    EXPECT_EQ(a.say("b DELETE x"), "b OK deleted\r\n");
    EXPECT_THAT(a.say("c CHECK"), StartsWith("c BAD "));
    EXPECT_EQ(b.say("d NOOP"), "* BYE the selected mailbox was deleted\r\n");
    EXPECT_TRUE(b.is_closed());
    EXPECT_EQ(idle.take_output(), "* BYE the selected mailbox was deleted\r\n");
    EXPECT_EQ(idle.next(), session::action::close);
}

TEST(ImapTwoSessions, ASessionMayVanishAtAnyTime) {
    imap_world world;
    auto a = world.select();
    {
        auto b = world.select();
        b.say("b IDLE");
    }
    EXPECT_THAT(a.say("a APPEND INBOX {3+}\r\nabc"), HasSubstr("a OK "));
    EXPECT_EQ(world.mail.find("alice")->inbox().watchers().size(), 1u);
}

TEST(ImapTwoSessions, AccountsAreApart) {
    imap_world world;
    world.deliver(plain_message);
    auto c = world.connect();
    c.say("a LOGIN bob bob-secret");
    EXPECT_THAT(c.say("b SELECT INBOX"), HasSubstr("* 0 EXISTS"));
}

} // namespace
} // namespace mailspec::serve
