#include "harness/wire/imap/views.hpp"

#include "tests/wire/imap_reading.hpp"

#include <gtest/gtest.h>

namespace {

using namespace mailspec;
using namespace mailspec::test;

TEST(ImapCodes, MakesATreeOfTheCode) {
    EXPECT_EQ(tree_of("a OK [READ-WRITE] done"), "([READ-WRITE] 'done')");
    EXPECT_EQ(tree_of("* OK [PERMANENTFLAGS (\\Seen \\*)] Limited"), "([PERMANENTFLAGS (\\Seen \\*)] 'Limited')");
    EXPECT_EQ(tree_of("* OK [COPYUID 1 2:3 4:5]"), "([COPYUID 1 2:3 4:5] '')");
    EXPECT_EQ(tree_of("* OK [BADURL \"x (y] z"), "([BADURL \"x (y\"] 'z')");
}

TEST(ImapCodes, TakesTextInBracketsThatIsNoCodeAsText) {
    for (const std::string_view text : {"[never closed", "[] x", "[a@\"b] x", "[ x] y", "[(a)] b"}) {
        EXPECT_EQ(tree_of("* OK " + std::string(text)), "('" + std::string(text) + "')");
        EXPECT_EQ(wrong("* OK " + std::string(text)), "");
    }
}

TEST(ImapCodes, JudgesNoCodeThatItDoesNotKnow) {
    for (const std::string_view code :
         {"[X-FOO  (a \"b  ] x", "[REFERRAL imap://a;b@c/d] x", "[UNDEFINED-FILTER foo] x", "[OVERQUOTA (] x",
          "[NOUPDATE \"B02\"] x", "[x y\\z*] x", "[ALERT] x", "[PARSE] x", "[USEATTR] x",
          "[INPROGRESS (\"a\" 1 2)] x"}) {
        EXPECT_EQ(wrong("* OK " + std::string(code)), "") << code;
    }
}

TEST(ImapCodes, FindsWhatIsWrongWithNumbers) {
    EXPECT_EQ(wrong("* OK [UIDNEXT 4392] x"), "");
    EXPECT_EQ(wrong("* OK [UIDNEXT 0] x"), "nz-number@14");
    EXPECT_EQ(wrong("* OK [UIDVALIDITY 4294967296] x"), "nz-number@18");
    EXPECT_EQ(wrong("* OK [UIDVALIDITY -1] x"), "nz-number@18");
    EXPECT_EQ(wrong("* OK [UNSEEN +1] x"), "nz-number@13");
    EXPECT_EQ(wrong("* OK [UNSEEN] x"), "code.unseen@12");
    EXPECT_EQ(wrong("* OK [UIDNEXT] x"), "code.uidnext@13");
    EXPECT_EQ(wrong("* OK [UIDVALIDITY ] x"), "space@17 code.uidvalidity@18");
    EXPECT_EQ(wrong("* OK [UIDNEXT 1 2] x"), "code.uidnext@16");
    EXPECT_EQ(wrong("* OK [UIDNEXT 1"), "parentheses@15");
}

TEST(ImapCodes, FindsWhatIsWrongWithFlags) {
    EXPECT_EQ(wrong("* OK [PERMANENTFLAGS ()] x"), "");
    EXPECT_EQ(wrong("* OK [PERMANENTFLAGS (\\Seen $Junk \\*)] x"), "");
    EXPECT_EQ(wrong("* OK [PERMANENTFLAGS \\Seen] x"), "code.permanentflags@21");
    EXPECT_EQ(wrong("* OK [PERMANENTFLAGS (\"a\")] x"), "flag@22");
    EXPECT_EQ(wrong("* OK [PERMANENTFLAGS (\\)] x"), "flag@22");
}

TEST(ImapCodes, FindsWhatIsWrongWithUidplus) {
    EXPECT_EQ(wrong("a OK [APPENDUID 38505 3955] x"), "");
    EXPECT_EQ(wrong("a OK [APPENDUID 38505 3955:3957,4] x"), "");
    EXPECT_EQ(wrong("a OK [APPENDUID 38505] x"), "code.appenduid@21");
    EXPECT_EQ(wrong("a OK [APPENDUID 0 1] x"), "nz-number@16");
    EXPECT_EQ(wrong("a OK [APPENDUID 1 0] x"), "uid-set@18");
    EXPECT_EQ(wrong("a OK [COPYUID 38505 304,319:320 3956:3958] x"), "");
    EXPECT_EQ(wrong("a OK [COPYUID 38505 304,319:320] x"), "code.copyuid@31");
    EXPECT_EQ(wrong("a OK [COPYUID 38505 1:* 2] x"), "uid-set@20");
    EXPECT_EQ(wrong("a OK [COPYUID 38505 1 2 3] x"), "code.copyuid@24");
}

TEST(ImapCodes, FindsWhatIsWrongWithOthers) {
    EXPECT_EQ(wrong("* OK [HIGHESTMODSEQ 715194045007] x"), "");
    EXPECT_EQ(wrong("* OK [HIGHESTMODSEQ 0] x"), "code.modseq@20");
    EXPECT_EQ(wrong("* OK [HIGHESTMODSEQ 9223372036854775808] x"), "code.modseq@20");
    EXPECT_EQ(wrong("a OK [MODIFIED 7,9] x"), "");
    EXPECT_EQ(wrong("a OK [MODIFIED 7,,9] x"), "sequence-set@15");
    EXPECT_EQ(wrong("a NO [BADCHARSET] x"), "");
    EXPECT_EQ(wrong("a NO [BADCHARSET (UTF-8 \"x]\" {2}\r\n)])] x"), "");
    EXPECT_EQ(wrong("a NO [BADCHARSET ()] x"), "code.badcharset@17");
    EXPECT_EQ(wrong("* OK [CAPABILITY IMAP4rev1 ID] x"), "");
    EXPECT_EQ(wrong("* OK [CAPABILITY ID] x"), "capability@19");
    EXPECT_EQ(wrong("a NO [METADATA LONGENTRIES 2199] x"), "");
    EXPECT_EQ(wrong("a NO [METADATA TOOMANY] x"), "");
    EXPECT_EQ(wrong("a NO [METADATA MAXSIZE] x"), "code.metadata@22");
    EXPECT_EQ(wrong("a NO [METADATA LONG] x"), "code.metadata@15");
    EXPECT_EQ(wrong("a OK [MAILBOXID (F2212ea87-6097-4256)] x"), "");
    EXPECT_EQ(wrong("a OK [MAILBOXID F2212] x"), "code.mailboxid@16");
    EXPECT_EQ(wrong("a OK [MAILBOXID (F.2)] x"), "code.mailboxid@16");
}

} // namespace
