#include "tests/observe/imap/dialogue.hpp"

#include <gtest/gtest.h>

#include <string>

namespace mailspec::observe {
namespace {

using testing::both;
using testing::broken_by;
using testing::opened;

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
          two.substr(0, 21) + "no field\r\n" + two.substr(21), "Content-Transfer-Encoding: base64\r\n" + two,
          std::string("MIME-Version: 1.0\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\n1")})
        EXPECT_EQ(told_of("(" + part + " \"mixed\")", unclear), "") << unclear;

    const std::string unbounded = "MIME-Version: 1.0\r\nContent-Type: Multipart/mixed\r\n\r\nabc";
    for (const std::string size : {"3", "0"})
        EXPECT_EQ(told_of("(\"text\" \"plain\" NIL NIL NIL \"7bit\" " + size + " 0)", unbounded), "") << size;
}

} // namespace
} // namespace mailspec::observe
