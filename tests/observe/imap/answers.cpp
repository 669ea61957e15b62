#include "tests/observe/imap/dialogue.hpp"

#include <gtest/gtest.h>

#include <string>

namespace mailspec::observe {
namespace {

using testing::broken_by;
using testing::details_of;

std::string opened(const std::string& behind, const std::string& name = "box") {
    return "C: s1 SELECT " + name + R"(
        S: * FLAGS (\Answered \Flagged \Deleted \Seen \Draft known)
        S: * 3 EXISTS
        S: * OK [UIDVALIDITY 7] valid
        S: * OK [UIDNEXT 10] next
        S: s1 OK [READ-WRITE] done
)" + behind;
}

TEST(ImapFetch, AnswersWhatWasAskedOrNo) {
    EXPECT_EQ(broken_by(opened(R"(
        C: a1 FETCH 1,3 (FLAGS BODY.PEEK[HEADER.FIELDS (TO FROM)]<0.20> RFC822.SIZE)
        S: * 3 FETCH (FLAGS ())
        S: * 1 FETCH (RFC822.SIZE 5 FLAGS (\Seen))
        S: * 3 FETCH (BODY[HEADER.FIELDS ("TO" "FROM")]<0> "" RFC822.SIZE 5)
        S: * 1 FETCH (BODY[HEADER.FIELDS (TO FROM)] NIL)
        S: a1 OK done
        C: a2 FETCH 2 RFC822
        S: a2 NO cannot
        C: a3 FETCH 7:9 FLAGS
        S: a3 OK done
        C: a4 FETCH 1:3 (FLAGS) (CHANGEDSINCE 12)
        S: a4 OK done
        C: a5 FETCH * FAST
        S: * 3 FETCH (RFC822.SIZE 5 FLAGS () INTERNALDATE "17-Jul-1996 02:44:25 -0700")
        S: a5 OK done
        C: a6 FETCH 1 (RFC822.PEEK FLAGS)
        S: * 1 FETCH (RFC822 "abcde" FLAGS ())
        S: a6 OK as RFC 1730 has it)")),
              "");
    EXPECT_EQ(broken_by(opened(R"(
        C: a1 FETCH 1:3 (FLAGS RFC822)
        S: * 1 FETCH (FLAGS ())
        S: * 2 FETCH (FLAGS ())
        S: * 3 FETCH (FLAGS ())
        S: a1 OK done)")),
              "fetch.answers");
    EXPECT_EQ(details_of(opened(R"(
        C: a1 FETCH 1 (ENVELOPE BODY[])
        S: * 1 FETCH (BODY[] "abc")
        S: a1 OK done)")),
              "FETCH is OK, and message 1 was not told its ENVELOPE");
    EXPECT_EQ(broken_by(opened(R"(
        C: a1 FETCH 1 FULL
        S: * 1 FETCH (RFC822.SIZE 5 FLAGS () INTERNALDATE "17-Jul-1996 02:44:25 -0700")
        S: a1 OK done)")),
              "fetch.answers");
}

TEST(ImapFetch, MayLeaveOutMessagesThatOthersMayHaveRemoved) {
    const std::string nothing = R"(
        C: a1 FETCH 1 RFC822
        S: a1 OK done)";
    EXPECT_EQ(broken_by(opened(nothing)), "fetch.answers");
    EXPECT_EQ(broken_by(opened(nothing, "inbox")), "");
    EXPECT_EQ(broken_by(opened("C2: b1 SELECT box\nS2: b1 OK done\n" + nothing)), "");
    EXPECT_EQ(broken_by(opened("C2: b1 EXAMINE box\nS2: b1 OK [READ-ONLY] done\n" + nothing)), "fetch.answers");
    EXPECT_EQ(broken_by(opened(R"(
        C: a1 UID FETCH 1:* (FLAGS RFC822.SIZE)
        S: * 1 FETCH (FLAGS ())
        S: * 2 FETCH (FLAGS () UID 4 RFC822.SIZE 10)
        S: * 3 EXPUNGE
        S: a1 OK done)")),
              "");
    EXPECT_EQ(broken_by(opened(R"(
        C: a1 FETCH 1 FLAGS
        C: a2 FETCH 2 RFC822
        S: a1 OK done
        S: a2 OK done)")),
              "")
        << "pipelined";
    EXPECT_EQ(broken_by(opened(R"(
        C: a1 FETCH 1:* FLAGS
        S: * 1 FETCH (FLAGS ())
        S: * 2 FETCH (FLAGS ())
        S: * 3 FETCH (FLAGS ())
        S: * 4 EXISTS
        S: a1 OK done)")),
              "")
        << "came while it ran";
}

TEST(ImapFetch, ByUidTellsTheUid) {
    EXPECT_EQ(broken_by(opened(R"(
        C: a1 UID FETCH 5 RFC822.SIZE
        S: * 2 FETCH (RFC822.SIZE 10)
        S: a1 OK done)")),
              "fetch.uid-in-uid-fetch");
    EXPECT_EQ(broken_by(opened(R"(
        C: a1 UID FETCH 5 RFC822.SIZE
        S: * 3 FETCH (FLAGS (\Seen))
        S: * 2 FETCH (RFC822.SIZE 10 UID 5)
        S: a1 OK done)")),
              "");
    EXPECT_EQ(broken_by(opened(R"(
        C: a1 UID FETCH 5 (ENVELOPE RFC822.SIZE)
        S: * 2 FETCH (RFC822.SIZE 10 UID 5)
        S: a1 OK done)")),
              "fetch.answers");
}

TEST(ImapFlags, AreThoseAnnounced) {
    EXPECT_EQ(broken_by(opened(R"(
        C: a1 FETCH 1:3 FLAGS
        S: * 1 FETCH (FLAGS (\Seen \Recent KNOWN))
        S: * 2 FETCH (FLAGS (new))
        S: * FLAGS (\Seen new)
        S: * 3 FETCH (FLAGS (new))
        S: a1 OK done
        C: a2 STORE 1 +FLAGS (own)
        S: * 1 FETCH (FLAGS (own))
        S: a2 OK done
        C: a3 FETCH 1 FLAGS
        S: * 1 FETCH (FLAGS (own))
        S: a3 OK done)")),
              "");
    EXPECT_EQ(broken_by(opened(R"(
        C: a1 FETCH 1 FLAGS
        S: * 1 FETCH (FLAGS (new))
        S: a1 OK done)")),
              "flags.announced");
}

TEST(ImapFlags, ThatArePermanentAreAnnounced) {
    const std::string flags = R"(
        S: * FLAGS (\Seen \Draft)
        S: * OK [PERMANENTFLAGS ()";
    EXPECT_EQ(broken_by("C: a1 SELECT x\n" + flags + "\\Seen \\*)] yes\nS: a1 OK done\n"), "");
    EXPECT_EQ(broken_by("C: a1 SELECT x\n" + flags + "\\Seen \\Deleted)] yes\nS: a1 OK done\n"),
              "permanentflags.known");
}

std::string two(const std::string& first, const std::string& second, const std::string& select) {
    const auto code = select.starts_with("EXAMINE") ? "[READ-ONLY]" : "[READ-WRITE]";
    return R"(
        C: l1 LOGIN alice secret
        S: l1 OK done
        C2: l2 LOGIN alice secret
        S2: l2 OK done
        C: s1 )" +
           select + R"(
        S: * 2 EXISTS
        S: * OK [UIDVALIDITY 7] valid
        S: s1 OK )" +
           code + "\n" + first + R"(
        C2: s2 SELECT box
        S2: * 2 EXISTS
        S2: * OK [UIDVALIDITY 7] valid
        S2: s2 OK [READ-WRITE]
)" + second;
}

TEST(ImapFlags, RecentIsForOneSession) {
    const std::string first = "S: * 1 FETCH (UID 4 FLAGS (\\Recent))",
                      second = "S2: * 1 FETCH (UID 4 FLAGS (\\Recent))";
    EXPECT_EQ(broken_by(two(first, second, "SELECT box")), "recent.one-session");
    EXPECT_EQ(broken_by(two(first, second, "EXAMINE box")), "");
    EXPECT_EQ(broken_by(two("", first + "\n" + second, "SELECT box")), "") << "both were there";
    EXPECT_EQ(broken_by(two(first + "\n" + first, "", "SELECT box")), "");
}

TEST(ImapFlags, ModseqDoesNotFall) {
    EXPECT_EQ(broken_by(opened("S: * 1 FETCH (MODSEQ (12))\nS: * 1 FETCH (MODSEQ (13))\nS: * 2 FETCH (MODSEQ (5))")),
              "");
    EXPECT_EQ(broken_by(opened("S: * 1 FETCH (MODSEQ (12))\nS: * 1 FETCH (MODSEQ (11))")), "modseq.no-fall");
}

TEST(ImapExamine, IsReadOnly) {
    const std::string examined = R"(
        C: s1 EXAMINE box
        S: * 3 EXISTS
        S: s1 OK [READ-ONLY] done
)";
    EXPECT_EQ(broken_by("C: s1 EXAMINE box\nS: * 3 EXISTS\nS: s1 OK [READ-WRITE] done"), "examine.read-only");
    EXPECT_EQ(broken_by(examined + "C: a1 EXPUNGE\nS: * 1 EXPUNGE\nS: a1 OK done"), "examine.read-only");
    EXPECT_EQ(broken_by(examined + "C: a1 NOOP\nS: * 1 EXPUNGE\nS: a1 OK done"), "");
    EXPECT_EQ(broken_by(examined + "C2: b1 SELECT box\nS2: b1 OK done\nC: a1 EXPUNGE\nS: * 1 EXPUNGE\nS: a1 OK done"),
              "");
}

TEST(ImapSearch, AgreesWithWhatIsKnown) {
    const std::string known = R"(
        C: a0 FETCH 1:3 (UID FLAGS RFC822.SIZE INTERNALDATE)
        S: * 1 FETCH (UID 2 FLAGS (\Seen) RFC822.SIZE 100 INTERNALDATE "17-Jul-1996 02:44:25 -0700")
        S: * 2 FETCH (UID 4 FLAGS (\Seen known) RFC822.SIZE 200 INTERNALDATE "17-Jul-1997 02:44:25 -0700")
        S: * 3 FETCH (UID 6 FLAGS () RFC822.SIZE 300 INTERNALDATE "17-Jul-1998 02:44:25 -0700")
        S: a0 OK done
)";
    const auto search = [&](const std::string& criteria, const std::string& answer, const std::string& before = "") {
        return broken_by(opened(known + before + "\nC: a1 " + criteria + "\nS: * SEARCH" + answer + "\nS: a1 OK done"));
    };
    for (const auto& [criteria, answer] :
         std::initializer_list<std::pair<std::string, std::string>>{{"SEARCH ALL", " 1 2 3"},
                                                                    {"SEARCH SEEN", " 2 1"},
                                                                    {"SEARCH UNSEEN", " 3"},
                                                                    {"SEARCH KEYWORD KNOWN", " 2"},
                                                                    {"SEARCH NOT (SEEN LARGER 150)", " 1 3"},
                                                                    {"SEARCH OR UNSEEN SMALLER 150", " 1 3"},
                                                                    {"SEARCH CHARSET UTF-8 2:3 SINCE 1-Jan-1998", " 3"},
                                                                    {"UID SEARCH BEFORE 1-Feb-1998 UID 1:4", " 2 4"},
                                                                    {"UID SEARCH ALL", " 2 4 6"},
                                                                    {"SEARCH SEEN SUBJECT \"UNSEEN\"", ""},
                                                                    {"SEARCH SEEN HEADER X {1}\\r\\n(", " 1"},
                                                                    {"SEARCH YOUNGER 5", " 1"}})
        EXPECT_EQ(search(criteria, answer), "") << criteria;
    for (const auto& [criteria, answer] :
         std::initializer_list<std::pair<std::string, std::string>>{{"SEARCH ALL", " 1 3"},
                                                                    {"SEARCH SEEN", " 2 1 3"},
                                                                    {"SEARCH UNSEEN", ""},
                                                                    {"SEARCH LARGER 200", " 2 3"},
                                                                    {"SEARCH 1:2 SUBJECT x", " 3"},
                                                                    {"UID SEARCH BEFORE 1-Feb-1998 UID 1:4", " 2 4 6"},
                                                                    {"SEARCH SINCE 1-Jan-1998", " 2 3"}})
        EXPECT_EQ(search(criteria, answer), "search.agrees") << criteria;
    EXPECT_EQ(search("SEARCH UNSEEN", "", "C: x1 STORE 3 +FLAGS.SILENT (\\Seen)\nS: x1 OK done"), "");
    EXPECT_EQ(search("SEARCH UNSEEN", "", "C: x1 FETCH 3 BODY[1]\nS: * 3 FETCH (BODY[1] NIL)\nS: x1 OK done"), "");
    EXPECT_EQ(search("SEARCH UNSEEN", "", "C2: b1 SELECT box\nS2: b1 OK done"), "") << "others may have changed it";
    EXPECT_EQ(search("SEARCH LARGER 200", " 2", "C2: b1 SELECT box\nS2: b1 OK done"), "search.agrees");
}

TEST(ImapSearch, HoldsWhatStoreTells) {
    const std::string known = "C: a0 FETCH 1:3 FLAGS\nS: * 1 FETCH (FLAGS ())\nS: * 2 FETCH (FLAGS ())\n"
                              "S: * 3 FETCH (FLAGS ())\nS: a0 OK done\n",
                      store = "C: x1 STORE 3 +FLAGS (\\Seen)\n", told = "S: * 3 FETCH (FLAGS (\\Seen))\n",
                      unseen = "S: x1 OK done\nC: a1 SEARCH UNSEEN\nS: * SEARCH 1 2";
    EXPECT_EQ(broken_by(opened(known + store + unseen + "\nS: a1 OK done")), "") << "it need not tell";
    EXPECT_EQ(broken_by(opened(known + store + unseen + " 3\nS: a1 OK done")), "") << "nor is 3 known to be seen";
    EXPECT_EQ(broken_by(opened(known + store + told + unseen + "\nS: a1 OK done")), "");
    EXPECT_EQ(broken_by(opened(known + store + told + unseen + " 3\nS: a1 OK done")), "search.agrees");
    EXPECT_EQ(broken_by(opened("C: a0 FETCH 3 FLAGS\n" + store + "S: * 3 FETCH (FLAGS ())\nS: a0 OK done\n" + unseen +
                               "\nS: a1 OK done")),
              "")
        << "told before it stored";
}

TEST(ImapSearch, TakesRangesThatOverlap) {
    EXPECT_EQ(broken_by(opened(R"(
        C: a1 SEARCH RETURN (ALL) ALL
        S: * ESEARCH (TAG "a1") ALL 1:3,2
        S: a1 OK done)")),
              "");
}

TEST(ImapSearch, TakesEsearchToo) {
    EXPECT_EQ(broken_by(opened(R"(
        C: a1 SEARCH RETURN () ALL
        S: * ESEARCH (TAG "a1") ALL 1:2
        S: a1 OK done)")),
              "search.agrees");
    EXPECT_EQ(broken_by(opened(R"(
        C: a1 SEARCH RETURN (MIN COUNT) ALL
        S: * ESEARCH (TAG "a1") MIN 1 COUNT 3
        S: a1 OK done)")),
              "");
}

} // namespace
} // namespace mailspec::observe
