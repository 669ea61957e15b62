#include "tests/serve/imap_client.hpp"

#include <gmock/gmock.h>

namespace mailspec::serve {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string two_parts = "Subject: two\r\n"
                              "MIME-Version: 1.0\r\n"
                              "Content-Type: multipart/mixed; boundary=b\r\n"
                              "\r\n"
                              "--b\r\n"
                              "Content-Type: text/plain; charset=utf-8\r\n"
                              "Content-Transfer-Encoding: base64\r\n"
                              "\r\n"
                              "SGVsbG8gd29ybGQ=\r\n"
                              "--b\r\n"
                              "Content-Type: text/html\r\n"
                              "\r\n"
                              "<p>two</p>\r\n"
                              "--b--\r\n";

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
