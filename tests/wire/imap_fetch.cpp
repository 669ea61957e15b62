#include "tests/wire/imap_reading.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace mailspec::test;
using namespace std::string_view_literals;

std::string wrong_item(std::string_view item) { return wrong("* 1 FETCH (" + std::string(item) + ")"); }

constexpr int items_at = 11; ///< of the first item in wrong_item's response

std::string at(std::string_view id, int offset) { return std::string(id) + '@' + std::to_string(items_at + offset); }

TEST(ImapFetch, MakesATreeOfItems) {
    EXPECT_EQ(tree_of("* 1 FETCH (FLAGS (\\Seen) UID 4)"), "((FLAGS (\\Seen) UID 4))");
    EXPECT_EQ(tree_of("* 1 FETCH (BODY[] {2}\r\n)) BODY[1.2.TEXT]<5> NIL)"),
              "((BODY[]<> {))} BODY[1.2.TEXT]<5><1.2.TEXT> NIL))");
    EXPECT_EQ(tree_of("* 1 FETCH (BODY[HEADER.FIELDS (To \"X]\" {2}\r\na])]<0> \"\")"),
              "((BODY[HEADER.FIELDS (To \"X]\" {2}\r\na])]<0><HEADER.FIELDS (To \"X]\" {a]})> \"\"))");
    EXPECT_EQ(tree_of("* 1 FETCH (X-GM-LABELS (\\Inbox [Gmail]/x \"a b\"))"),
              "((X-GM-LABELS (\\Inbox [Gmail]/x \"a b\")))");
}

TEST(ImapFetch, ReadsEveryItemOfBothRevisionsAndTheExtensions) {
    for (const std::string_view item : {"FLAGS ()",
                                        "FLAGS (\\Seen \\Recent $Junk NonJunk X-Own)",
                                        "UID 4294967295",
                                        "RFC822.SIZE 0",
                                        "RFC822.SIZE 4294967296",
                                        "INTERNALDATE \"17-Jul-1996 02:44:25 -0700\"",
                                        "INTERNALDATE \" 7-jul-1996 02:44:25 +0000\"",
                                        "RFC822 NIL",
                                        "RFC822.HEADER {2}\r\na\n",
                                        "RFC822.TEXT \"\"",
                                        "BODY[] NIL",
                                        "BODY[TEXT]<4294967295> \"x\"",
                                        "BODY[1] \"x\"",
                                        "BODY[1.2.3.MIME] \"x\"",
                                        "BODY[4.1.HEADER.FIELDS.NOT (a {1}\r\nb \"c\" d])] \"x\"",
                                        "body[header.fields (A)]<0> \"x\"",
                                        "BINARY[] ~{2}\r\na\n",
                                        "BINARY[1.2]<0> ~{1}\r\na",
                                        "BINARY[1] NIL",
                                        "BINARY[1] \"x\"",
                                        "BINARY.SIZE[4] 12",
                                        "MODSEQ (12121231000)",
                                        "EMAILID (M6d99ac3275bb4e)",
                                        "THREADID (T64b478a75b7ea9)",
                                        "THREADID NIL",
                                        "SAVEDATE NIL",
                                        "SAVEDATE \"17-Jul-1996 02:44:25 -0700\"",
                                        "PREVIEW NIL",
                                        "PREVIEW \"gr\xc3\xbcn\"",
                                        "PREVIEW {1}\r\nx",
                                        "X-GM-MSGID 1278455344230334865 X-GM-THRID 18446744073709551615",
                                        "X-GM-LABELS (\\Inbox \"x\")",
                                        "ANNOTATION (/comment (value.priv \"x\"))",
                                        "X-OWN \"5\""}) {
        EXPECT_EQ(wrong_item(item), "") << item;
    }
}

TEST(ImapFetch, AllowsNulInALiteral8) { EXPECT_EQ(wrong_item("BINARY[] ~{2}\r\na\0"sv), ""); }

TEST(ImapFetch, FindsWhatIsWrongWithTheListOfItems) {
    EXPECT_EQ(wrong("* 1 FETCH"), "fetch@9");
    EXPECT_EQ(wrong("* 1 FETCH ()"), "fetch@10");
    EXPECT_EQ(wrong("* 1 FETCH UID 5"), "fetch@10 fetch@14");
    EXPECT_EQ(wrong("* 1 FETCH (UID)"), "fetch@14");
    EXPECT_EQ(wrong("* 1 FETCH (FLAGS () UID)"), "fetch@23");
    EXPECT_EQ(wrong("* 1 FETCH (UID 5) x"), "fetch@18");
    EXPECT_EQ(wrong("* 1 FETCH (\"UID\" 5)"), "fetch@11");
    EXPECT_EQ(wrong("* 1 FETCH (UID 5 FLAGS ()"), "parentheses@25");
}

TEST(ImapFetch, FindsWhatIsWrongWithFlags) {
    EXPECT_EQ(wrong_item("FLAGS NIL"), at("fetch.flags", 6));
    EXPECT_EQ(wrong_item("FLAGS \\Seen"), at("fetch.flags", 6));
    EXPECT_EQ(wrong_item("FLAGS (\"\\\\Seen\")"), at("flag", 7));
    EXPECT_EQ(wrong_item("FLAGS (\\*)"), at("flag", 7));
    EXPECT_EQ(wrong_item("FLAGS (\\)"), at("flag", 7));
    EXPECT_EQ(wrong_item("FLAGS (a])"), at("flag", 7));
    EXPECT_EQ(wrong_item("FLAGS (\\Seen  \\Draft)"), at("space", 12));
    EXPECT_EQ(wrong_item("FLAGS (a%b)"), at("atom", 8));
}

TEST(ImapFetch, FindsWhatIsWrongWithNumbers) {
    EXPECT_EQ(wrong_item("UID 0"), at("nz-number", 4));
    EXPECT_EQ(wrong_item("UID 007"), at("nz-number", 4));
    EXPECT_EQ(wrong_item("UID -1"), at("nz-number", 4));
    EXPECT_EQ(wrong_item("UID 4294967296"), at("nz-number", 4));
    EXPECT_EQ(wrong_item("UID \"5\""), at("nz-number", 4));
    EXPECT_EQ(wrong_item("RFC822.SIZE -5"), at("number64", 12));
    EXPECT_EQ(wrong_item("RFC822.SIZE NIL"), at("number64", 12));
    EXPECT_EQ(wrong_item("RFC822.SIZE 9223372036854775808"), at("number64", 12));
    EXPECT_EQ(wrong_item("BINARY.SIZE[1] x"), at("number", 15));
    EXPECT_EQ(wrong_item("MODSEQ 5"), at("fetch.modseq", 7));
    EXPECT_EQ(wrong_item("MODSEQ (0)"), at("fetch.modseq", 8));
    EXPECT_EQ(wrong_item("MODSEQ (1 2)"), at("fetch.modseq", 7));
}

TEST(ImapFetch, FindsWhatIsWrongWithDates) {
    for (const std::string_view date :
         {"\"7-Jul-1996 02:44:25 -0700\"", "\"17-Jul-1996 02:44:25 0700\"", "\"17-Foo-1996 02:44:25 -0700\"",
          "\"17-Jul-96 02:44:25 -0700\"", "\"17-Jul-1996  02:44:25 -0700\"", "\"17-Jul-1996 2:44:25 -0700\"", "NIL",
          "{26}\r\n17-Jul-1996 02:44:25 -0700", "\"\"", "\"Wed, 17 Jul 1996 02:23:25 -0700\""}) {
        EXPECT_EQ(wrong_item("INTERNALDATE " + std::string(date)), at("fetch.internaldate", 13)) << date;
    }
    EXPECT_EQ(wrong_item("SAVEDATE \"now\""), at("fetch.savedate", 9));
}

TEST(ImapFetch, FindsWhatIsWrongWithStrings) {
    EXPECT_EQ(wrong_item("RFC822 text"), at("nstring", 7));
    EXPECT_EQ(wrong_item("BODY[] 5"), at("nstring", 7));
    EXPECT_EQ(wrong_item("BODY[] ~{1}\r\nx"), at("literal8", 7));
    EXPECT_EQ(wrong_item("BINARY[1] x"), at("fetch.binary", 10));
    EXPECT_EQ(wrong_item("PREVIEW (FUZZY \"x\")"), at("fetch.preview", 8));
    EXPECT_EQ(wrong_item("EMAILID M1"), at("fetch.emailid", 8));
    EXPECT_EQ(wrong_item("EMAILID (" + std::string(256, 'a') + ")"), at("fetch.emailid", 8));
    EXPECT_EQ(wrong_item("THREADID (a.b)"), at("fetch.threadid", 9));
}

TEST(ImapFetch, FindsWhatIsWrongWithSections) {
    for (const std::string_view section :
         {"BODY[FOO]", "BODY[1.]", "BODY[.1]", "BODY[0]", "BODY[1.0]", "BODY[1..2]", "BODY[MIME]", "BODY[1TEXT]",
          "BODY[HEADER.FIELDS]", "BODY[HEADER.FIELDS ()]", "BODY[HEADER.FIELDS To]", "BODY[TEXT 1]", "BODY[.TEXT]",
          "BODY[\"TEXT\"]", "BODY[1.HEADER.FIELDS.NOT]"}) {
        EXPECT_TRUE(wrong_item(std::string(section) + " NIL").starts_with("fetch.section@")) << section;
    }
    EXPECT_EQ(wrong_item("BINARY[1.TEXT] NIL"), at("fetch.section-binary", 0));
    EXPECT_EQ(wrong_item("BINARY.SIZE[HEADER] 5"), at("fetch.section-binary", 0));
    EXPECT_EQ(wrong_item("BODY[]<0.5> NIL"), at("fetch", 0));
    EXPECT_EQ(wrong_item("BODY[]<> NIL"), at("fetch", 0));
    EXPECT_EQ(wrong_item("BODY.PEEK[] NIL"), at("fetch", 0));
    EXPECT_EQ(wrong_item("BODY[ TEXT] NIL"), at("space", 5));
}

} // namespace
