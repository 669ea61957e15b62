#include "tests/observe/imap/dialogue.hpp"

#include <gtest/gtest.h>

#include <string>

namespace mailspec::observe {
namespace {

using testing::broken_by;
using testing::details_of;
using testing::opened;

TEST(ImapMailbox, GrowsAtAnyTimeAndShrinksOnlyByRemoval) {
    EXPECT_EQ(broken_by(opened(R"(
        S: * 4 EXISTS
        C: a1 NOOP
        S: * 2 EXPUNGE
        S: * 3 EXISTS
        S: * 5 EXISTS
        S: a1 OK done
        C: a2 NOOP
        S: * VANISHED 3,7
        S: * 3 EXISTS
        S: a2 OK done)")),
              "");
    EXPECT_EQ(broken_by(opened(R"(
        C: a1 NOOP
        S: * 2 EXISTS
        S: a1 OK done)")),
              "exists.no-shrink");
    EXPECT_EQ(details_of(opened("S: * 2 EXISTS")), "EXISTS falls from 3 to 2");
}

TEST(ImapMailbox, IsAnotherAfterAnotherSelect) {
    EXPECT_EQ(broken_by(opened(R"(
        C: a1 SELECT other
        S: * OK [CLOSED] closed
        S: * 0 EXISTS
        S: * OK [UIDVALIDITY 3] valid
        S: a1 OK done
        C: a2 UNSELECT
        S: a2 OK done
        C: a3 SELECT none
        S: a3 NO none
        S: * 0 EXISTS)")),
              "");
}

TEST(ImapMailbox, IsUnknownWhereCommandsAre) {
    EXPECT_EQ(broken_by(opened(R"(
        R: a1 SELECT other\r\n\r\n
        S: * 0 EXISTS
        S: * 4 EXPUNGE
        S: a1 OK done)")),
              "");
}

TEST(ImapMailbox, LosesOnlyMessagesThatAreThere) {
    EXPECT_EQ(broken_by(opened(R"(
        C: a1 EXPUNGE
        S: * 3 EXPUNGE
        S: * 3 EXPUNGE
        S: a1 OK done)")),
              "expunge.range");
}

TEST(ImapMailbox, LosesNothingWhileNumbersAreUnderWay) {
    EXPECT_EQ(broken_by(opened("S: * 3 EXPUNGE")), "expunge.timing");
    EXPECT_EQ(broken_by(opened("S: * VANISHED 3")), "expunge.timing");
    for (const std::string command : {"FETCH 2 UID", "STORE 2 FLAGS.SILENT ()", "SEARCH FROM x"})
        EXPECT_EQ(broken_by(opened("C: a1 " + command + "\nS: * 3 EXPUNGE\nS: a1 NO gone\n")), "expunge.timing")
            << command;
    for (const std::string command :
         {"UID FETCH 2 UID", "UID STORE 2 FLAGS.SILENT ()", "UID SEARCH FROM x", "NOOP", "IDLE", "CHECK", "XYZZY"})
        EXPECT_EQ(broken_by(opened("C: a1 " + command + "\nS: * 3 EXPUNGE\nS: a1 OK done\n")), "") << command;
    EXPECT_EQ(broken_by(opened(R"(
        C: a1 FETCH 2 UID
        C: a2 NOOP
        S: * 2 FETCH (UID 5)
        S: a1 OK done
        S: * 3 EXPUNGE
        S: a2 OK done)")),
              "");
    EXPECT_EQ(broken_by(opened(R"(
        C: a1 COPY 1 {3}
        S: * 3 EXPUNGE)")),
              "expunge.timing");
    EXPECT_EQ(broken_by(opened(R"(
        C: a1 NOTIFY SET (selected (MessageNew MessageExpunge))
        S: * 3 EXPUNGE
        S: a1 OK done
        S: * 2 EXPUNGE
        C: a2 FETCH 1 RFC822.SIZE
        S: * 1 EXPUNGE
        S: a2 NO gone)")),
              "")
        << "RFC 5465 section 5.3";
}

TEST(ImapMailbox, LosesNothingAtAnyTimeWhereNotifyAsksForNoSuchThing) {
    const auto behind = [](const std::string& what) {
        return broken_by(
            opened("C: a1 NOTIFY SET (SELECTED (MessageNew MessageExpunge))\nS: a1 OK done\nC: a2 NOTIFY " + what +
                   "\nS: * 3 EXPUNGE\nS: a2 OK done\nS: * 2 EXPUNGE\n"));
    };
    for (const std::string none : {"NONE", "SET (SELECTED-DELAYED (MessageNew MessageExpunge))", "SET (SELECTED NONE)",
                                   "SET (selected (FlagChange))"})
        EXPECT_EQ(behind(none), "expunge.timing") << none;
    EXPECT_EQ(behind("SET STATUS (selected (MessageNew (UID) MessageExpunge)) (personal NONE)"), "");
}

TEST(ImapMailbox, NumbersAreWithinExists) {
    EXPECT_EQ(broken_by(opened(R"(
        S: * 4 FETCH (FLAGS ())
        C: a1 NOOP
        S: a1 OK done)")),
              "number.range");
    EXPECT_EQ(broken_by(opened(R"(
        C: a1 SEARCH FROM x
        S: * SEARCH 3 4
        S: a1 OK done)")),
              "number.range");
    EXPECT_EQ(broken_by(opened(R"(
        C: a1 SEARCH RETURN (ALL) FROM x
        S: * ESEARCH (TAG "a1") ALL 2:4
        S: a1 OK done)")),
              "number.range");
    EXPECT_EQ(broken_by(opened(R"(
        S: * 4 FETCH (FLAGS ())
        S: * 4 EXISTS
        C: a1 UID SEARCH FROM x
        S: * SEARCH 9
        S: a1 OK done
        C: a2 NOOP
        S: * 5 FETCH (FLAGS ())
        S: * 5 EXISTS
        S: * 1 EXPUNGE
        S: a2 OK done
        C: a3 NOOP
        S: * 5 FETCH (FLAGS ())
        S: * 1 EXPUNGE
        S: * 4 EXISTS
        S: a3 OK done)")),
              "");
}

} // namespace
} // namespace mailspec::observe
