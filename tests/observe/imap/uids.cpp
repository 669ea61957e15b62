#include "tests/observe/imap/dialogue.hpp"

#include <gtest/gtest.h>

#include <string>

namespace mailspec::observe {
namespace {

using testing::both;
using testing::broken_by;
using testing::opened;

TEST(ImapUid, AscendsWithTheNumbers) {
    EXPECT_EQ(broken_by(opened(R"(
        C: a1 FETCH 1:3 UID
        S: * 3 FETCH (UID 9)
        S: * 1 FETCH (UID 2)
        S: * 2 FETCH (UID 5)
        S: a1 OK done)")),
              "");
    EXPECT_EQ(broken_by(opened(R"(
        C: a1 FETCH 1:3 UID
        S: * 1 FETCH (UID 2)
        S: * 2 FETCH (UID 2)
        S: * 3 FETCH (UID 9)
        S: a1 OK done)")),
              "fetch.uid");
    EXPECT_EQ(broken_by(opened(R"(
        C: a1 FETCH 1:3 UID
        S: * 1 FETCH (UID 6)
        S: * 3 FETCH (UID 5)
        S: * 2 FETCH (FLAGS () UID 7)
        S: a1 OK done)")),
              "fetch.uid fetch.uid");
}

TEST(ImapUid, StaysWithItsMessage) {
    EXPECT_EQ(broken_by(opened(R"(
        C: a1 FETCH 1 UID
        S: * 1 FETCH (UID 2)
        S: a1 OK done
        C: a2 FETCH 1 UID
        S: * 1 FETCH (UID 3)
        S: a2 OK done)")),
              "uid.constant");
    EXPECT_EQ(broken_by(opened(R"(
        C: a1 UID FETCH 1:* UID
        S: * 1 FETCH (UID 2)
        S: * 1 EXPUNGE
        S: * 1 FETCH (UID 3)
        S: a1 OK done
        C: a2 NOOP
        S: * VANISHED 3
        S: a2 OK done
        C: a3 FETCH 1 UID
        S: * 1 FETCH (UID 4)
        S: a3 OK done)")),
              "");
}

TEST(ImapUid, IsNotUsedAgain) {
    const std::string gone = R"(
        C: a1 UID FETCH 1:* UID
        S: * 1 FETCH (UID 2)
        S: * 1 EXPUNGE
        S: a1 OK done
)";
    EXPECT_EQ(broken_by(opened(gone + R"(
        C: a2 FETCH 1 UID
        S: * 1 FETCH (UID 2)
        S: a2 OK done)")),
              "uid.not-reused");
    EXPECT_EQ(broken_by(opened(gone + R"(
        C2: b1 SELECT box
        S2: * 2 EXISTS
        S2: * OK [UIDVALIDITY 7] valid
        S2: b1 OK done
        C2: b2 FETCH 1 UID
        S2: * 1 FETCH (UID 2)
        S2: b2 OK done)")),
              "")
        << "another user's";
}

TEST(ImapUid, IsNotUsedAgainForAnotherSession) {
    const std::string told = R"(
        C: a1 UID FETCH 1:* UID
        S: * 1 FETCH (UID 2)
        S: * 1 EXPUNGE
        S: a1 OK done
)";
    EXPECT_EQ(broken_by(both(told, "S2: * 1 FETCH (UID 2)")), "uid.not-reused");
    EXPECT_EQ(broken_by(both("", told + "S2: * 1 FETCH (UID 2)")), "") << "not yet told";
}

TEST(ImapUidnext, IsAboveWhatIsThere) {
    EXPECT_EQ(broken_by(opened("S: * 3 FETCH (UID 10)")), "uidnext.above");
    EXPECT_EQ(broken_by(opened("S: * 4 EXISTS\nS: * 4 FETCH (UID 100)")), "") << "it is a prediction";
    EXPECT_EQ(broken_by(both("S: * 4 EXISTS\nS: * 4 FETCH (UID 12)", R"(
        C2: b1 STATUS box (UIDNEXT UIDVALIDITY)
        C2: b2 UNSELECT
        S2: * STATUS box (UIDNEXT 12 UIDVALIDITY 7)
        S2: b1 OK done
        S2: b2 OK done)")),
              "")
        << "of its own mailbox, pipelined";
    EXPECT_EQ(broken_by(both("S: * 4 EXISTS\nS: * 4 FETCH (UID 12)", R"(
        C2: b2 UNSELECT
        S2: b2 OK done
        C2: b1 STATUS box (UIDNEXT UIDVALIDITY)
        S2: * STATUS box (UIDNEXT 12 UIDVALIDITY 7)
        S2: b1 OK done)")),
              "uidnext.above");
}

TEST(ImapUidnext, DoesNotFallAndIsKept) {
    const std::string status = R"(
        C2: b1 UNSELECT
        S2: b1 OK done
        C2: b2 STATUS box (UIDNEXT UIDVALIDITY)
        S2: * STATUS box (UIDVALIDITY 7 UIDNEXT )";
    EXPECT_EQ(broken_by(both("", status + "9)\nS2: b2 OK done")), "uidnext.no-fall");
    EXPECT_EQ(broken_by(both("", status + "500)\nS2: b2 OK done")), "");
    EXPECT_EQ(broken_by(both("", R"(
        C2: b1 APPEND box {1+}
        C2: x
        S2: b1 OK [APPENDUID 7 9] done)")),
              "")
        << "a literal that the server may not know";
    EXPECT_EQ(broken_by(both("", R"(
        C2: b1 APPEND box {1}
        S2: + go on
        C2: x
        S2: b1 OK [APPENDUID 7 9] done)")),
              "uidnext.later");
    EXPECT_EQ(broken_by(both("", R"(
        C2: b1 COPY 1:2 box
        S2: b1 OK [COPYUID 7 1:2 15,14] done)")),
              "");
}

TEST(ImapUidvalidity, Grows) {
    const std::string again = R"(
        C: a1 SELECT box
        S: * 3 EXISTS
        S: * OK [UIDVALIDITY 6] valid
        S: a1 OK done)";
    EXPECT_EQ(broken_by(opened(again)), "uidvalidity.grows");
    EXPECT_EQ(broken_by(opened(R"(
        C: a0 DELETE box
        S: a0 OK done
)" + again)),
              "");
    EXPECT_EQ(broken_by(opened("S: * OK [UIDVALIDITY 8] valid")), "uidvalidity.constant");
}

TEST(ImapUidvalidity, IsOfTheMailboxThatHasTheNameNow) {
    const std::string late = R"(
        C: l1 LOGIN alice secret
        S: l1 OK done
        C2: l2 LOGIN alice secret
        S2: l2 OK done
        C2: b1 STATUS box (UIDVALIDITY)
        C: a1 DELETE box
)";
    const std::string told = "S2: * STATUS box (UIDVALIDITY 9)\nS2: b1 OK done\n", gone = "S: a1 OK done\n";
    EXPECT_EQ(broken_by(late + told + gone + opened("")), "") << "before DELETE is completed";
    EXPECT_EQ(broken_by(late + gone + told + opened("")), "") << "sent before it";
    EXPECT_EQ(broken_by(late + gone + "S2: b1 OK done\nC2: b2 STATUS box (UIDVALIDITY)\n" +
                        "S2: * STATUS box (UIDVALIDITY 9)\nS2: b2 OK done\n" + opened("")),
              "uidvalidity.grows");
    EXPECT_EQ(
        broken_by("C: a1 STATUS other (UIDVALIDITY)\nS: * STATUS box (UIDVALIDITY 9)\nS: a1 OK done\n" + opened("")),
        "")
        << "not asked for";
}

} // namespace
} // namespace mailspec::observe
