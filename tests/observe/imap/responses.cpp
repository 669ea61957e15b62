#include "tests/observe/imap/dialogue.hpp"

#include <gtest/gtest.h>

namespace mailspec::observe {
namespace {

using testing::broken_by;

TEST(ImapResponseCodes, StandWhereTheyMeanSomething) {
    EXPECT_EQ(broken_by(R"(
        C: a1 APPEND there {1}
        S: + go on
        C: x
        S: a1 NO [TRYCREATE] no such mailbox
        C: a2 CREATE there
        S: a2 NO [ALREADYEXISTS] there is one
        C: a3 XCOMMAND
        S: a3 OK [TRYCREATE] who knows
        C: a4 DELETE there
        S: a4 NO [HASCHILDREN] not yet
        C: a5 NOOP
        S: a5 OK [ALERT] going down)"),
              "");
    EXPECT_EQ(broken_by(R"(
        C: a1 NOOP
        S: a1 OK [TRYCREATE] done)"),
              "code.place");
    EXPECT_EQ(broken_by(R"(
        C: a1 APPEND there {1}
        S: + go on
        C: x
        S: a1 NO [APPENDUID 7 1] not done)"),
              "code.place");
    EXPECT_EQ(broken_by(R"(
        C: a1 NOOP
        S: a1 OK [APPENDUID 7 1] done)"),
              "code.place");
}

TEST(ImapBye, ClosesTheConnectionAtOnce) {
    EXPECT_EQ(broken_by(R"(
        C: a1 NOOP
        S: * BYE going down
        S: a1 OK done)"),
              "");
    EXPECT_EQ(broken_by(R"(
        C: a1 LOGOUT
        S: * BYE as you like
        S: a1 OK done)"),
              "");
    EXPECT_EQ(broken_by(R"(
        C: a1 NOOP
        S: * BYE going down
        S: a1 OK done
        C: a2 NOOP
        S: a2 OK still here)"),
              "bye.closes");
}

TEST(ImapTexts, AreAsciiUntilSomethingIsEnabled) {
    EXPECT_EQ(broken_by(R"(
        C: a1 NOOP
        S: a1 OK für nichts)"),
              "text.utf8-unasked");
    EXPECT_EQ(broken_by(R"(
        C: a1 ENABLE UTF8=ACCEPT
        S: * ENABLED UTF8=ACCEPT
        S: a1 OK done
        C: a2 NOOP
        S: a2 OK für nichts)"),
              "");
    EXPECT_EQ(broken_by(R"(
        C: a1 LANGUAGE DE
        S: * LANGUAGE (DE)
        S: a1 OK für alle
        C: a2 NOOP
        S: a2 OK für nichts)"),
              "");
}

TEST(ImapCapabilities, BeginWithImap4WhereItIsListed) {
    EXPECT_EQ(broken_by(R"(
        C: a1 CAPABILITY
        S: * CAPABILITY IMAP4 IMAP4rev1 IDLE
        S: a1 OK done)"),
              "");
    EXPECT_EQ(broken_by(R"(
        C: a1 CAPABILITY
        S: * CAPABILITY IMAP4rev1 IMAP4
        S: a1 OK done)"),
              "capability.imap4-first");
}

} // namespace
} // namespace mailspec::observe
