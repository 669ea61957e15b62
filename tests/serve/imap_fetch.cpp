#include "tests/serve/imap_client.hpp"

#include <gmock/gmock.h>

namespace mailspec::serve {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string literal(const std::string& octets) { return "{" + std::to_string(octets.size()) + "}\r\n" + octets; }

TEST(ImapFetch, GivesEachItem) {
    imap_world world;
    world.deliver(plain_message, {"\\Flagged"});
    auto c = world.select();
    EXPECT_EQ(c.say("a FETCH 1 FULL"),
              "* 1 FETCH (FLAGS (\\Flagged \\Recent) INTERNALDATE \"22-Nov-2026 23:04:12 +0000\" RFC822.SIZE " +
                  std::to_string(plain_message.size()) +
                  " ENVELOPE (\"Mon, 7 Feb 1994 21:52:25 -0800\" \"=?utf-8?q?gr=C3=BCn?= tea\" "
                  "((\"Fred Foobar\" NIL \"foobar\" \"Blurdybloop.example\")) "
                  "((\"Fred Foobar\" NIL \"foobar\" \"Blurdybloop.example\")) "
                  "((\"Fred Foobar\" NIL \"foobar\" \"Blurdybloop.example\")) "
                  "((NIL NIL \"mooch\" \"owatagu.example\")) NIL NIL NIL "
                  "\"<B27397-0100000@Blurdybloop.example>\") "
                  "BODY (\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 55 1))\r\na OK fetched\r\n");
    EXPECT_EQ(c.say("b FETCH 1 (UID BODYSTRUCTURE)"),
              "* 1 FETCH (UID 101 BODYSTRUCTURE (\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 55 1 "
              "NIL NIL NIL NIL))\r\nb OK fetched\r\n");
    EXPECT_THAT(c.say("c FETCH 1 FAST"), Not(HasSubstr("ENVELOPE")));
    EXPECT_THAT(c.say("d FETCH 1 all"), AllOf(HasSubstr("ENVELOPE"), Not(HasSubstr("BODY"))));
}

TEST(ImapFetch, GivesTheOctetsOfTheMessage) {
    imap_world world;
    world.deliver(plain_message);
    auto c = world.select();
    EXPECT_EQ(c.say("a FETCH 1 BODY.PEEK[]"), "* 1 FETCH (BODY[] " + literal(plain_message) + ")\r\na OK fetched\r\n");
    EXPECT_EQ(c.say("b FETCH 1 RFC822"),
              "* 1 FETCH (RFC822 " + literal(plain_message) + " FLAGS (\\Seen \\Recent))\r\nb OK fetched\r\n");
}

TEST(ImapFetch, SetsSeenWhereTheTextSaysSoAndNowhereElse) {
    for (std::string item : {"RFC822", "RFC822.TEXT", "BODY[]", "BODY[TEXT]", "BODY[1]<0.3>", "BINARY[1]"}) {
        imap_world world;
        world.deliver(plain_message);
        EXPECT_THAT(world.select().say("a FETCH 1 " + item), HasSubstr("FLAGS (\\Seen \\Recent)")) << item;
        EXPECT_TRUE(world.mail.find("alice")->inbox().messages()[0].flags.contains("\\Seen")) << item;
    }
    for (std::string item : {"RFC822.HEADER", "RFC822.SIZE", "BODY.PEEK[]", "BODY", "FULL", "BINARY.PEEK[1]"}) {
        imap_world world;
        world.deliver(plain_message);
        EXPECT_THAT(world.select().say("a FETCH 1 " + item), Not(HasSubstr("\\Seen"))) << item;
        EXPECT_TRUE(world.mail.find("alice")->inbox().messages()[0].flags.empty()) << item;
    }
}

TEST(ImapFetch, TellsFlagsOnceWhereTheyWereAskedFor) {
    imap_world world;
    world.deliver(plain_message);
    EXPECT_THAT(world.select().say("a FETCH 1 (FLAGS RFC822.TEXT)"), StartsWith("* 1 FETCH (FLAGS (\\Seen \\Recent) "));
}

TEST(ImapFetch, GivesSectionsAndTheirParts) {
    imap_world world;
    world.deliver(two_parts);
    auto c = world.select();
    EXPECT_THAT(c.say("a FETCH 1 BODY.PEEK[1]"), HasSubstr("BODY[1] " + literal("SGVsbG8gd29ybGQ=")));
    EXPECT_THAT(c.say("b FETCH 1 BODY.PEEK[2.mime]"),
                HasSubstr("BODY[2.MIME] " + literal("Content-Type: text/html\r\n\r\n")));
    EXPECT_THAT(c.say("c FETCH 1 BODY.PEEK[3]"), HasSubstr("BODY[3] NIL"));
    EXPECT_THAT(c.say("d FETCH 1 BODY.PEEK[HEADER.FIELDS (subject \"X-None\")]"),
                HasSubstr("BODY[HEADER.FIELDS (subject X-None)] " + literal("Subject: two\r\n\r\n")));
    EXPECT_THAT(c.say("e FETCH 1 BODY.PEEK[HEADER.FIELDS.NOT (Content-Type)]"),
                HasSubstr(literal("Subject: two\r\nMIME-Version: 1.0\r\n\r\n")));
    EXPECT_THAT(c.say("f FETCH 1 BODY.PEEK[]<2.5>"), HasSubstr("BODY[]<2> " + literal("bject")));
    EXPECT_THAT(c.say("g FETCH 1 BODY.PEEK[]<100000.5>"), HasSubstr("BODY[]<100000> " + literal("")));
    EXPECT_THAT(c.say("h FETCH 1 (BINARY.SIZE[1] BINARY.PEEK[1]<6.5>)"),
                HasSubstr("(BINARY.SIZE[1] 11 BINARY[1]<6> " + literal("world") + ")"));
}

TEST(ImapFetch, UidFetchCarriesTheUidUnasked) {
    imap_world world;
    world.deliver(plain_message);
    world.deliver(plain_message);
    auto c = world.select();
    EXPECT_EQ(c.say("a UID FETCH 102:* RFC822.SIZE"),
              "* 2 FETCH (UID 102 RFC822.SIZE " + std::to_string(plain_message.size()) + ")\r\na OK fetched\r\n");
    EXPECT_THAT(c.say("b UID FETCH 102 (FLAGS UID)"), StartsWith("* 2 FETCH (FLAGS (\\Recent) UID 102)"));
    EXPECT_EQ(c.say("c UID FETCH 7 FLAGS"), "c OK fetched\r\n");
    EXPECT_THAT(c.say("d UID FETCH 500:* UID"), StartsWith("* 2 FETCH (UID 102)"));
}

TEST(ImapFetch, RefusesWhatDoesNotExist) {
    imap_world world;
    world.deliver(plain_message);
    auto c = world.select();
    for (std::string bad : {"2 FLAGS",
                            "0 FLAGS",
                            "1:2 FLAGS",
                            "1",
                            "1 ",
                            "1 MAGIC",
                            "1 (FLAGS",
                            "1 FLAGS)",
                            "1 ()",
                            "x FLAGS",
                            "1, FLAGS",
                            "1 BODY[",
                            "1 BODY[0]",
                            "1 BODY[MIME]",
                            "1 BODY[HEADER.FIELDS]",
                            "1 BODY[HEADER.FIELDS ()]",
                            "1 BODY[]<5>",
                            "1 BODY[]<5.0>",
                            "1 BODY[1.]",
                            "4294967296 FLAGS",
                            "1 BINARY[TEXT]",
                            "1 ENVELOPE[1]",
                            "1 (FLAGS  UID)",
                            "1 FLAGS UID"})
        EXPECT_THAT(c.say("a FETCH " + bad), StartsWith("a BAD ")) << bad;
    EXPECT_THAT(c.say("b FETCH * FLAGS"), HasSubstr("b OK "));
    EXPECT_THAT(c.say("c FETCH *:1,1 FLAGS"), StartsWith("* 1 FETCH (FLAGS (\\Recent))\r\nc OK "));
}

TEST(ImapFetch, HasNoMessageInAnEmptyMailbox) {
    imap_world world;
    auto c = world.select();
    EXPECT_THAT(c.say("a FETCH 1:* FLAGS"), StartsWith("a BAD "));
    EXPECT_EQ(c.say("b UID FETCH 1:* FLAGS"), "b OK fetched\r\n");
}

} // namespace
} // namespace mailspec::serve
