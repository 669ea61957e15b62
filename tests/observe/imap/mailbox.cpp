#include "tests/observe/imap/dialogue.hpp"

#include <gtest/gtest.h>

#include <string>

namespace mailspec::observe {
namespace {

using testing::broken_by;
using testing::details_of;

/// A mailbox of three messages, opened by that command.
std::string opened(const std::string& behind, const std::string& command = "SELECT box") {
    const auto code = command.starts_with("EXAMINE") ? "[READ-ONLY]" : "[READ-WRITE]";
    return "C: s1 " + command + R"(
        S: * FLAGS (\Answered \Flagged \Deleted \Seen \Draft)
        S: * OK [PERMANENTFLAGS (\Answered \Flagged \Deleted \Seen \Draft \*)] yes
        S: * 3 EXISTS
        S: * 0 RECENT
        S: * OK [UIDVALIDITY 7] valid
        S: * OK [UIDNEXT 10] next
        S: s1 OK )" +
           code + " done\n" + behind;
}

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

/// Two sessions of one user.
std::string both(const std::string& first, const std::string& second, const std::string& select = "SELECT box") {
    const auto code = select.starts_with("EXAMINE") ? "[READ-ONLY]" : "[READ-WRITE]";
    return R"(
        C: l1 LOGIN alice secret
        S: l1 OK done
        C2: l2 LOGIN "alice" secret
        S2: l2 OK done
)" + opened(first + "\nC2: s2 " + select + R"(
        S2: * FLAGS (\Answered \Flagged \Deleted \Seen \Draft)
        S2: * 3 EXISTS
        S2: * OK [UIDVALIDITY 7] valid
        S2: s2 OK )" +
            code + "\n" + second);
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

TEST(ImapMessage, NeverChanges) {
    const std::string message = R"(
        C: a1 FETCH 1 (UID INTERNALDATE RFC822.SIZE BODY)
        S: * 1 FETCH (UID 2 INTERNALDATE "17-Jul-1996 02:44:25 -0700" RFC822.SIZE 10)
        S: * 1 FETCH (BODY ("TEXT" "PLAIN" ("CHARSET" "us-ascii") NIL NIL "7BIT" 3 1))
        S: a1 OK done
)";
    EXPECT_EQ(broken_by(both(message, R"(
        S2: * 1 FETCH (UID 2 INTERNALDATE "17-Jul-1996 09:44:25 +0000" RFC822.SIZE 10)
        S2: * 1 FETCH (UID 2 BODY ("text" {5}\r\nplain ("charset" "US-ASCII") NIL NIL "7bit" 3 1)))")),
              "");
    EXPECT_EQ(broken_by(both(message, "S2: * 1 FETCH (UID 2 RFC822.SIZE 11)")), "message.immutable");
    EXPECT_EQ(broken_by(both(message, "S2: * 1 FETCH (UID 2 INTERNALDATE \"18-Jul-1996 02:44:25 -0700\")")),
              "message.immutable");
    EXPECT_EQ(broken_by(both(message, "S2: * 1 FETCH (UID 2 BODY (\"TEXT\" \"HTML\" NIL NIL NIL \"7BIT\" 3 1))")),
              "message.immutable");
    EXPECT_EQ(broken_by(both(message, "S2: * 1 FETCH (UID 3 RFC822.SIZE 11)")), "");
    EXPECT_EQ(broken_by(both(message, R"(
        C2: b1 ENABLE UTF8=ACCEPT
        S2: b1 OK done
        S2: * 1 FETCH (UID 2 RFC822.SIZE 11))")),
              "");
}

/// RFC 2180 section 4.1.3: of what another has removed.
TEST(ImapMessage, MayBeToldAsNothingWhereOthersRemove) {
    const std::string none = "NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL";
    const std::string message = R"(
        C: a1 FETCH 1 (UID RFC822.SIZE ENVELOPE BODY BODY.PEEK[])
        S: * 1 FETCH (UID 2 RFC822.SIZE 11 ENVELOPE (NIL "" NIL NIL NIL NIL NIL NIL NIL NIL))
        S: * 1 FETCH (UID 2 BODY ("TEXT" "PLAIN" NIL NIL NIL "7BIT" 3 1) BODY[] {11}\r\na: b\r\n\r\nabc)
        S: a1 OK done
)";
    for (const std::string nothing :
         {"RFC822.SIZE 0", "RFC822 \"\"", "BODY[] {0}\\r\\n", "BODY[] NIL", "BODY[HEADER] \"\" BODY[TEXT] \"\"",
          "INTERNALDATE \"00-Jan-0000 00:00:00 +0000\" RFC822.SIZE 1",
          "BODY (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 0 0)"})
        EXPECT_EQ(
            broken_by(both(message, "S2: * 1 FETCH (UID 2 " + nothing + ")\nS2: * 1 FETCH (UID 2 RFC822.SIZE 11)")), "")
            << nothing;
    EXPECT_EQ(broken_by(both(message, "S2: * 1 FETCH (UID 2 ENVELOPE (" + none + "))")), "");
    EXPECT_EQ(broken_by(opened(message + "S: * 1 FETCH (RFC822.SIZE 0)")), "message.immutable fetch.size")
        << "nobody else is there";
}

TEST(ImapMessage, HasTheSizeAndTheHalvesThatItSays) {
    EXPECT_EQ(broken_by(opened(R"(
        S: * 1 FETCH (RFC822.SIZE 11 BODY[] {11}\r\na: b\r\n\r\nabc)
        S: * 1 FETCH (BODY[TEXT] {3}\r\nabc)
        S: * 1 FETCH (BODY[HEADER] {8}\r\na: b\r\n\r\n))")),
              "");
    EXPECT_EQ(broken_by(opened("S: * 1 FETCH (RFC822.SIZE 12 BODY[] {11}\\r\\na: b\\r\\n\\r\\nabc)")), "fetch.size");
    EXPECT_EQ(broken_by(opened(R"(
        S: * 1 FETCH (BODY[HEADER] {8}\r\na: b\r\n\r\n BODY[TEXT] {3}\r\nabc)
        S: * 1 FETCH (RFC822.SIZE 12))")),
              "fetch.size");
    EXPECT_EQ(broken_by(opened(R"(
        S: * 1 FETCH (BODY[] {11}\r\na: b\r\n\r\nabc)
        S: * 1 FETCH (RFC822.TEXT {3}\r\nabc)
        S: * 1 FETCH (RFC822.HEADER {6}\r\na: b\r\n))")),
              "fetch.body-halves");
    EXPECT_EQ(broken_by(opened("S: * 1 FETCH (BODY[]<0> {3}\\r\\na: RFC822.SIZE 11)\nS: * 1 FETCH (BODY[] NIL)")), "");
}

TEST(ImapMessage, AgreesWithEnvelopeAndStructure) {
    const std::string mail =
        "S: * 1 FETCH (BODY[] {48}\\r\\nSubject: a\\r\\n  b\\r\\nMessage-ID: <1@x>\\r\\nTo: c\\r\\n\\r\\nabc)\n";
    const std::string none = " NIL NIL NIL NIL NIL NIL NIL ";
    EXPECT_EQ(broken_by(opened(mail + "S: * 1 FETCH (ENVELOPE (NIL \"a b\"" + none + "\"<1@x>\"))")), "");
    EXPECT_EQ(broken_by(opened(mail + "S: * 1 FETCH (ENVELOPE (NIL \"a c\"" + none + "\"<1@x>\"))")),
              "fetch.envelope.agrees");
    EXPECT_EQ(broken_by(opened("S: * 1 FETCH (ENVELOPE (NIL \"a b\"" + none + "NIL))\n" + mail)),
              "fetch.envelope.agrees");
    const std::string part = "(\"text\" \"plain\" NIL NIL NIL \"7bit\" ";
    EXPECT_EQ(broken_by(opened(mail + "S: * 1 FETCH (BODYSTRUCTURE " + part + "3 1))")), "");
    EXPECT_EQ(broken_by(opened(mail + "S: * 1 FETCH (BODYSTRUCTURE (" + part + "9 1) \"mixed\"))")), "");
    EXPECT_EQ(broken_by(opened(mail + "S: * 1 FETCH (BODYSTRUCTURE " + part + "9 1))")), "fetch.bodystructure.agrees");
}

/// A literal of these octets, in the notation of a dialogue.
std::string literal(const std::string& octets) {
    std::string out = "{" + std::to_string(octets.size()) + "}\\r\\n";
    for (const char c : octets)
        out += c == '\r' ? "\\r" : c == '\n' ? "\\n" : std::string(1, c);
    return out;
}

TEST(ImapMessage, HasTheAddressesAndDatesThatItsEnvelopeTells) {
    const std::string date = "Thu, 26 Nov 2026 12:00:00 +0000";
    const auto told_of = [&](const std::string& header, const std::string& envelope) {
        return broken_by(opened("S: * 1 FETCH (BODY[HEADER] " + literal(header + "\r\n") + " BODY[] " +
                                literal(header + "\r\nabc") + " ENVELOPE (" + envelope + "))"));
    };
    const std::string alice = "((NIL NIL \"alice\" \"Here.test\"))", bob = "((\"Bob B\" NIL \"bob\" \"here.test\"))";
    const std::string header =
        "Date: " + date + "\r\nFrom: alice@here.test\r\nTo: Bob B <bob@here.test>,\r\n alice@here.test\r\n";
    const std::string both = "((\"Bob B\" NIL \"bob\" \"here.test\")(NIL NIL \"alice\" \"here.test\"))";
    const auto envelope = [&](const std::string& when, const std::string& sender, const std::string& to,
                              const std::string& cc) {
        return "\"" + when + "\" NIL " + alice + " " + sender + " " + alice + " " + to + " " + cc + " NIL NIL NIL";
    };
    EXPECT_EQ(told_of(header, envelope(date, alice, both, "NIL")), "");
    EXPECT_EQ(told_of(header, envelope("Thu, 26 Nov 2026 13:00:00 +0000", alice, both, "NIL")),
              "fetch.envelope.agrees");
    EXPECT_EQ(told_of(header, envelope(date, bob, both, "NIL")), "fetch.envelope.agrees") << "From is the default";
    EXPECT_EQ(told_of(header, envelope(date, alice, bob, "NIL")), "fetch.envelope.agrees");
    EXPECT_EQ(told_of(header, envelope(date, alice, "NIL", "NIL")), "fetch.envelope.agrees");
    EXPECT_EQ(told_of(header, envelope(date, alice, both, bob)), "fetch.envelope.agrees") << "there is no Cc";
    for (const std::string unclear : {"To: \"Bob\" <bob@here.test>\r\n", "To: g: bob@here.test;\r\n", "To: bob (b)\r\n",
                                      "To: bob@here.test\r\nTo: bob@here.test\r\n"})
        EXPECT_EQ(told_of("From: alice@here.test\r\n" + unclear,
                          "NIL NIL " + alice + " " + alice + " " + alice + " " + both + " NIL NIL NIL NIL"),
                  "")
            << unclear;
}

TEST(ImapMessage, IsBuiltAsItsStructureTells) {
    const std::string part = "(\"text\" \"plain\" NIL NIL NIL \"7bit\" 1 1)";
    const std::string picture = "(\"image\" \"png\" NIL NIL NIL \"base64\" 4)";
    const std::string two = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                            "--b\r\n\r\n1\r\n--b\r\n"
                            "Content-Type: image/PNG\r\nContent-Transfer-Encoding: BASE64\r\n\r\nAAAA\r\n--b--\r\n";
    const auto told_of = [&](const std::string& structure, const std::string& message) {
        return broken_by(opened("S: * 1 FETCH (BODYSTRUCTURE " + structure + " BODY[] " + literal(message) + ")"));
    };
    const std::string wrong = "fetch.bodystructure.agrees";
    EXPECT_EQ(told_of("(" + part + picture + " \"mixed\")", two), "");
    EXPECT_EQ(told_of("(" + part + " \"mixed\")", two), wrong);
    EXPECT_EQ(told_of("(" + part + part + " \"mixed\")", two), wrong);
    EXPECT_EQ(told_of("(" + part + picture + " \"related\")", two), wrong);
    EXPECT_EQ(told_of("(" + part + "(\"image\" \"png\" NIL NIL NIL \"base64\" 5) \"mixed\")", two), wrong);
    EXPECT_EQ(told_of("(" + part + "(\"image\" \"png\" NIL NIL NIL \"7bit\" 4) \"mixed\")", two), wrong);

    const std::string within = "MIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n" + two;
    const std::string envelope = "(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)";
    const auto message = [&](const std::string& inner) {
        return "(\"message\" \"rfc822\" NIL NIL NIL \"7bit\" " + std::to_string(two.size()) + " " + envelope + " " +
               inner + " 9)";
    };
    EXPECT_EQ(told_of(message("(" + part + picture + " \"mixed\")"), within), "");
    EXPECT_EQ(told_of(message("(" + part + part + " \"mixed\")"), within), wrong);

    for (const std::string& unclear :
         {two.substr(0, two.size() - 5), "Content-Type: text/html\r\n" + two, two.substr(19), two + "--b\r\n",
          two.substr(0, 21) + "no field\r\n" + two.substr(21)})
        EXPECT_EQ(told_of("(" + part + " \"mixed\")", unclear), "") << unclear;
}

} // namespace
} // namespace mailspec::observe
