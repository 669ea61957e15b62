#include "tests/observe/imap/dialogue.hpp"

#include <gtest/gtest.h>

namespace mailspec::observe {
namespace {

using testing::broken_by;

TEST(ImapCommands, AreCompletedOnceEach) {
    EXPECT_EQ(broken_by(R"(
        C: a1 NOOP
        S: a1 OK done
        C: a2 NOOP
        C: a3 NOOP
        S: a3 OK done
        S: a2 OK done)"),
              "");
    EXPECT_EQ(broken_by(R"(
        C: a1 NOOP
        S: a1 OK done
        S: a1 OK done)"),
              "completion.tag");
    EXPECT_EQ(broken_by(R"(
        C: a1 NOOP
        S: a2 OK done
        S: a1 OK done)"),
              "completion.tag");
}

TEST(ImapCommands, MayBeSentCutAnywhere) {
    EXPECT_EQ(broken_by(R"(
        R: a1 NO
        R: OP
        R: \r\na2 NOO
        S: a1 OK done
        C: P
        S: a2 OK done
        S: a2 OK done)"),
              "completion.tag");
    EXPECT_EQ(broken_by(R"(
        R: a1 NO
        S: a1 OK done)"),
              "completion.tag");
}

TEST(ImapCommands, AreNotBegunInTheClearAndEndedInsideTLS) {
    constexpr std::string_view half_a_command = R"(
        C: a1 STARTTLS
        S: a1 OK go on
        R: a2 NO
        T:
        C: a3 NOOP
        )";
    EXPECT_EQ(broken_by(std::string(half_a_command) + "S: a3 OK done"), "");
    EXPECT_EQ(broken_by(std::string(half_a_command) + "S: a2 OK done"), "completion.tag");
}

TEST(ImapCommands, GoOnWhereTheServerAsksForIt) {
    EXPECT_EQ(broken_by(R"(
        C: a1 LOGIN {5}
        S: + go on
        C: alice {6}
        S: + go on
        C: secret
        S: a1 OK done
        C: a2 IDLE
        S: + idling
        C: DONE
        S: a2 OK done
        C: a3 AUTHENTICATE PLAIN
        S: +
        C: AGFsaWNlAHNlY3JldA==
        S: a3 OK done
        C: a4 APPEND x {0}
        S: + go on
        C:
        S: a4 OK done
        C: a5 APPEND x {70000}
        S: a5 NO too large
        C: a6 NOOP
        S: a6 OK done
        C: a7 XCOMMAND
        S: + what else?
        C: hm
        S: a7 OK done)"),
              "");
}

TEST(ImapCommands, DoNotGoOnWhereNothingIsDue) {
    EXPECT_EQ(broken_by(R"(
        C: a1 NOOP
        S: + go on)"),
              "continuation.due");
    EXPECT_EQ(broken_by(R"(
        S: + go on)"),
              "continuation.due");
    EXPECT_EQ(broken_by(R"(
        C: a1 IDLE
        S: + idling
        S: + still idling)"),
              "continuation.due");
    EXPECT_EQ(broken_by(R"(
        C: a1 LOGIN {5}
        S: + go on
        C: alice secret
        S: + go on)"),
              "continuation.due");
}

TEST(ImapCommands, ThatNoServerReadsAlikeAreNotJudged) {
    EXPECT_EQ(broken_by(R"(
        R: a1 NOOP\r\n\r\n
        S: + what
        S: a1 OK done
        S: a1 OK done)"),
              "");
    EXPECT_EQ(broken_by(R"(
        C: NOOP
        S: * BAD no tag
        S: NOOP BAD no command)"),
              "");
    EXPECT_EQ(broken_by(R"(
        C: a1 LOGIN {5+}\r\nalice secret
        S: a1 BAD what is that
        S: alice BAD no such command)"),
              "");
}

TEST(ImapCommands, AByeForALargeLiteralHasToobig) {
    const std::string begun = R"(
        C: a1 CAPABILITY
        S: * CAPABILITY IMAP4rev1 LITERAL-
        S: a1 OK done
        R: a2 APPEND x {4097+}\r\nabc
        )";
    EXPECT_EQ(broken_by(begun + "S: * BYE [TOOBIG] no"), "");
    EXPECT_EQ(broken_by(begun + "S: * BYE no"), "literal-minus.bye-toobig");
    EXPECT_EQ(broken_by(begun + "S: a2 BAD no\nS: * BYE see you"), "") << "it was answered";
    EXPECT_EQ(broken_by(R"(
        R: a2 APPEND x {4097+}\r\nabc
        S: * BYE no)"),
              "")
        << "LITERAL- was not announced";
}

TEST(ImapCommands, AGreetingComesFirstAndOnlyThere) { EXPECT_EQ(broken_by("S: * PREAUTH again"), "greeting"); }

TEST(ImapCommands, AServerSaysByeBeforeItCloses) {
    EXPECT_EQ(broken_by(R"(
        C: a1 LOGOUT
        S: * BYE see you
        S: a1 OK done
        X:)"),
              "");
    EXPECT_EQ(broken_by(R"(
        S: * BYE too long idle
        X:)"),
              "");
    EXPECT_EQ(broken_by(R"(
        C: a1 LOGOUT
        S: a1 OK done
        X:)"),
              "logout.bye");
    EXPECT_EQ(broken_by(R"(
        C: a1 NOOP
        X:)"),
              "close.bye");
    // A handshake that failed ends a connection without a word.
    EXPECT_EQ(broken_by(R"(
        C: a1 STARTTLS
        S: a1 OK begin
        C: a2 LOGOUT
        X:)"),
              "");
    EXPECT_EQ(broken_by(R"(
        C: a1 STARTTLS
        S: a1 OK begin
        C: a2 NOOP
        S: a2 OK done
        X:)"),
              "close.bye");
}

} // namespace
} // namespace mailspec::observe
