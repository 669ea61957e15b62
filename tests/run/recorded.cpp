#include "harness/run/recorded/audit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

namespace mailspec::run::recorded {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using verdict::outcome;

verdict::scenario_record audited(std::string_view text, std::optional<wire::protocol> spoken = {}) {
    const auto read_as = read(text, "log.txt");
    if (const auto* fault = std::get_if<std::string>(&read_as)) {
        ADD_FAILURE() << *fault;
        return {};
    }
    auto made = audit(std::get<recording>(read_as), spoken);
    if (const auto* fault = std::get_if<std::string>(&made)) {
        ADD_FAILURE() << *fault;
        return {};
    }
    return std::get<verdict::scenario_record>(std::move(made));
}

std::set<std::string> found_in(std::string_view text) {
    std::set<std::string> out;
    for (const auto& each : audited(text).findings)
        out.emplace(each.what.broken->id);
    return out;
}

/// The same lines as mailspec's own report.
std::string as_report(std::string_view lines) {
    return "VIOLATES a/b: c\nscenario: scenarios/a/b.xml:1\ntranscript:\n" + std::string(lines);
}

std::string fault_of(std::string_view text) {
    const auto read_as = read(text, "log.txt");
    if (const auto* fault = std::get_if<std::string>(&read_as))
        return *fault;
    const auto made = audit(std::get<recording>(read_as), {});
    const auto* fault = std::get_if<std::string>(&made);
    return fault ? *fault : "";
}

constexpr std::string_view selected = R"(S: * OK [CAPABILITY IMAP4rev1] ready
C: a1 LOGIN alice secret
S: a1 OK in
C: a2 SELECT INBOX
S: * FLAGS (\Seen \Deleted)
S: * 3 EXISTS
S: * OK [UIDVALIDITY 7] ids
S: a2 OK [READ-WRITE] selected
)";

TEST(AnAudit, NamesFileAndLineOfWhatItFinds) {
    const auto record = audited("Trying 220.181.12.16...\n"
                                "S: 220 example.com ready\n"
                                "C: ehlo laptop\n"
                                "S: 250-mail\n"
                                "S: 250-AUTH=LOGIN PLAIN\n"
                                "S: 250 8BITMIME\n"
                                "C: quit\n"
                                "S: 221 Bye\n"
                                "Connection closed by foreign host.\n");
    EXPECT_EQ(record.result, outcome::violates);
    ASSERT_EQ(record.findings.size(), 1u);
    EXPECT_EQ(record.findings[0].what.broken->id, "smtp.syntax.ehlo-line");
    EXPECT_EQ(record.findings[0].session, "smtp, log.txt:5");
    EXPECT_EQ(record.info.line, 5u);
    EXPECT_EQ(record.transcript.at(record.findings[0].transcript_at).octets, "250-AUTH=LOGIN PLAIN\r\n");
}

TEST(AnAudit, KnowsWhatTheMailboxHoldsAsARunDoes) {
    const auto talk = std::string(selected);
    EXPECT_THAT(found_in(talk + "C: a3 NOOP\nS: * 2 EXISTS\nS: a3 OK done\n"), ElementsAre("imap.exists.no-shrink"));
    EXPECT_THAT(found_in(talk + "C: a3 NOOP\nS: * 1 EXPUNGE\nS: * 2 EXISTS\nS: a3 OK done\n"), IsEmpty());
}

/// Somebody else reads a message and removes another one: nobody wrote that down.
TEST(AnAudit, SaysNothingOfWhatAnotherClientExplains) {
    const std::string text = "S: * OK [CAPABILITY IMAP4rev1] ready\nC: a1 LOGIN alice secret\nS: a1 OK in\n"
                             "C: a2 SELECT Work\nS: * FLAGS (\\Seen \\Deleted)\nS: * 2 EXISTS\n"
                             "S: * OK [UIDVALIDITY 7] ids\nS: a2 OK [READ-WRITE] selected\nC: a3 FETCH 1:2 FLAGS\n"
                             "S: * 1 FETCH (FLAGS ())\nS: * 2 FETCH (FLAGS ())\nS: a3 OK done\n"
                             "C: a4 SEARCH UNSEEN\nS: * SEARCH 2\nS: a4 OK done\n"
                             "C: a5 FETCH 1:2 RFC822.SIZE\nS: * 2 FETCH (RFC822.SIZE 300)\nS: a5 OK done\n";
    EXPECT_THAT(found_in(text), IsEmpty());
    EXPECT_THAT(found_in(as_report(text)), ElementsAre("imap.fetch.answers", "imap.search.agrees"))
        << "a scratch mailbox is nobody else's";
}

TEST(AnAudit, SaysHowManyFindingsItDoesNotTell) {
    auto text = std::string(selected) + "C: a3 LIST \"\" *\n";
    for (int n = 0; n < 103; ++n)
        text += std::string("S: * LIST () \"/\" \"&") + static_cast<char>('a' + n / 26) +
                static_cast<char>('a' + n % 26) + "\"\n";
    const auto record = audited(text + "S: a3 OK done\n");
    EXPECT_EQ(record.findings.size(), 100u);
    EXPECT_THAT(record.notes, ElementsAre("and 3 more findings, of other words than the 100 that are told"));
    EXPECT_THAT(audited(selected).notes, IsEmpty());
}

TEST(AnAudit, KeepsPasswordsOutOfItsTranscript) {
    for (const auto& each : audited(selected).transcript)
        EXPECT_EQ(each.octets.find("secret"), std::string::npos) << each.octets;
    const auto record = audited("S: 220 a.example\nC: EHLO b\nS: 250-a.example\nS: 250 AUTH PLAIN\nC: AUTH PLAIN\n"
                                "S: 334 \nC: AGFsaWNlAHNlY3JldA==\nS: 235 in\n");
    for (const auto& each : record.transcript)
        EXPECT_EQ(each.octets.find("AGFsaWNl"), std::string::npos) << each.octets;
}

TEST(AnAudit, KeepsPasswordsOutHoweverTheyAreWrittenDown) {
    const std::string_view texts[] = {
        "S: * OK ready\nC: a1 LOGIN {5+}\nC: alice {6+}\nC: secret\nS: a1 OK in\n",
        "S: * OK ready\nC: a1 LOGIN alice secret \nS: a1 OK in\n",
        "S: * OK ready\nC: a1 LOGIN alice \"secret\" \nS: a1 OK in\n",
        "S: * OK ready\nC: a1 LOGIN {5} \nS: + go on\nC: alice secret\nS: a1 OK in\n",
        "S: * OK ready\nC: a1 AUTHENTICATE X\nS: * NO soon down\nS: + \nC: secret\nS: a1 OK in\n",
        "S: 220 a.example\nC: EHLO b\nS: 250 a.example\nC: AUTH LOGIN\nC: alice\nC: secret\nS: 235 in\n",
        "S: +OK ready\nC: USER alice\nS: +OK\nC: PASS secret \nS: -ERR secret is wrong\n",
    };
    for (const auto text : texts)
        for (const auto& each : audited(text).transcript)
            EXPECT_EQ(each.octets.find("secret"), std::string::npos) << text;
}

TEST(AnAudit, SaysNothingOfAMessageThatSomebodyShortened) {
    const auto talk = std::string(selected) + "C: a3 FETCH 1 RFC822\nS: * 1 FETCH (RFC822 {23503}\n"
                                              "S: Received: from somewhere\nS: ...\nS: --\nS: )\nS: a3 OK done\n";
    EXPECT_THAT(found_in(talk), IsEmpty());
    EXPECT_THAT(found_in(talk + "C: a4 NOOP\nS: a4 OK done\nS: a4 OK done\n"), ElementsAre("imap.completion.tag"))
        << "and goes on behind it";
    EXPECT_THAT(found_in("S: +OK ready\nC: USER a\nS: +OK\nC: PASS b\nS: +OK in\nC: LIST\nS: +OK\nS: 1 10281\nS: .\n"
                         "C: RETR 1\nS: +OK 10281 octets\nS: Subject: x\nS: .\nC: QUIT\nS: +OK\n"),
                IsEmpty());
}

TEST(AnAudit, SaysNothingOfWhatALineLeftOutExplains) {
    EXPECT_THAT(found_in("S: * OK ready\nS: a1 OK logged in\nC: a2 NOOP\nS: a2 OK\n"), IsEmpty());
    EXPECT_THAT(found_in("S: 220 a.example\nC: EHLO b\nS: 250 a.example\nS: 334 VXNlcm5hbWU6\nS: 235 in\n"), IsEmpty());
    EXPECT_THAT(found_in("S: +OK ready\nC: USER a\nS: +OK\nS: +OK in\nC: STAT\nS: +OK 1 10\n"), IsEmpty());
}

TEST(AnAudit, SaysNothingOfWhatACommandLeftOutIsToldOf) {
    EXPECT_THAT(found_in(std::string(selected) + "S: * 2 EXISTS\nS: a3 OK another one is selected\n"), IsEmpty());
    EXPECT_THAT(found_in(std::string(selected) + "...\nS: * 2 EXISTS\nC: a9 NOOP\nS: a9 OK done\n"), IsEmpty());
}

TEST(AnAudit, SaysNothingOfBlanksInFrontAndTypography) {
    EXPECT_THAT(found_in("S:\t220 a.example\nC:\tEHLO b\nS:\t250 a.example\n"), IsEmpty());
    EXPECT_THAT(found_in("S: 220 a.example\nC: EHLO b\nS:  250 a.example\nC: QUIT\nS: 221 bye\n"), IsEmpty());
    EXPECT_THAT(found_in("S: +OK\nC: USER b\nS:  +OK\nC: QUIT\nS: +OK bye\n"), IsEmpty());
    EXPECT_THAT(found_in("S: * OK ready\nC: a1 LIST \u201c\u201d *\nS: * LIST () \u201c/\u201d INBOX\nS: a1 OK done\n"),
                IsEmpty());
    EXPECT_THAT(found_in("C: a1 FETCH 1 FULL\nS: * 1 FETCH (\u2026)\nS: a1 OK done\n"), IsEmpty());
}

TEST(AnAudit, TellsOneConnectionFromTheNext) {
    const std::string_view first = "S: * OK ready\nC: a1 STARTTLS\nS: a1 OK go on\nC: a2 NOOP\nS: a2 OK done\n\n";
    EXPECT_THAT(found_in(std::string(first) + "S: * PREAUTH ready\nC: a1 NOOP\nS: a1 OK done\n"), IsEmpty());
    EXPECT_THAT(found_in(std::string(first) + "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready\nC: a1 STARTTLS\n"
                                              "S: a1 OK go on\n"),
                IsEmpty());
}

TEST(AnAudit, TrustsItsOwnReportNoMoreThanWhatItAudited) {
    EXPECT_THAT(found_in("VIOLATES a.txt: " + std::string(audit_title) +
                         "\nscenario: a.txt:1\ntranscript:\nS: * OK ready\nS: a1 OK done\nC: a2 IDLE\nS: +\n"
                         "S: * 4 FETCH ....\nC: DONE\nS: a2 OK\n"),
                IsEmpty());
}

TEST(AnAudit, SaysNothingOfLineEndsAndLastBlanks) {
    EXPECT_THAT(found_in("S: * OK ready \r\nC: a1 IDLE \r\nS: +\r\nC: DONE\r\nS: a1 OK\r\n"), IsEmpty());
    EXPECT_THAT(found_in("S: 220 a.example\nC: EHLO b\nS: 250 a.example \nC: QUIT\nS: 221\n"), IsEmpty());
}

TEST(AnAudit, JoinsASessionInItsMidst) {
    EXPECT_THAT(found_in("   C: A003 FETCH 1 FLAGS\n   S: * 1 FETCH (FLAGS ())\n   S: A003 OK FETCH completed\n"),
                IsEmpty());
    EXPECT_THAT(found_in("C: STAT\nS: +OK 2 320\nC: LIST\nS: +OK 2 messages\nS: 1 120\nS: 2 200\nS: .\n"), IsEmpty());
    EXPECT_THAT(found_in("C: RCPT TO:<a@b>\nS: 250 OK\nC: DATA\nS: 354 go\nC: x\nC: .\nS: 250 OK\n"), IsEmpty());
}

TEST(AnAudit, ReadsTheExamplesOfRfcs) {
    EXPECT_THAT(found_in("      C:    A282 SEARCH RETURN (MIN COUNT) FLAGGED\n"
                         "           SINCE 1-Feb-1994 NOT FROM \"Smith\"\n"
                         "      S:    * ESEARCH (TAG \"A282\") MIN 2\n"
                         "            COUNT 3\n"
                         "      S:    A282 OK SEARCH completed\n"),
                IsEmpty());
    EXPECT_THAT(
        found_in("S: 220 mail.imc.org SMTP service ready\nC: EHLO mail.example.com\n"
                 "S: 250-mail.imc.org offers a warm hug of welcome\nS: 250-8BITMIME\nS: 250-STARTTLS\n"
                 "S: 250 DSN\nC: STARTTLS\nS: 220 Go ahead\nC: <starts TLS negotiation>\n"
                 "C & S: <negotiate a TLS session>\nC: EHLO mail.example.com\nS: 250-mail.imc.org\nS: 250 DSN\n"),
        IsEmpty());
}

TEST(AnAudit, SaysNothingOfWhatStandsForMore) {
    EXPECT_THAT(found_in("C: a1 FETCH 2:4 FULL\nS: * 2 FETCH ....\nS: * 3 FETCH (UID 14 ...\nS: a1 OK done\n"),
                IsEmpty());
    EXPECT_THAT(found_in("C: a1 SELECT x\nS: * OK [PERMANENTFLAGS (\\Answered\nS:    \\Draft)] these\nS: a1 OK done\n"),
                IsEmpty());
    EXPECT_THAT(found_in("C: a1 FETCH 1 BODYSTRUCTURE\nS: * 1 FETCH (BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL\n"
                         "S: NIL NIL \"7BIT\" 1 1))\nS: a1 OK done\n"),
                IsEmpty());
    EXPECT_THAT(found_in("C: a1 STATUS x (MESSAGES)\nS: * STATUS <my folder> (MESSAGES 3)\nS: a1 OK done\n"),
                IsEmpty());
    EXPECT_THAT(found_in("C: a1 STATUS x (UIDNEXT)\nS: * STATUS x (UIDNEXT\n42)\n"), IsEmpty());
    EXPECT_THAT(found_in("S: a0 OK done\n  ...\nC: 007 EXPUNGE\nS: * 22 EXPUNGE\nS: 007 OK done...\n"), IsEmpty());
}

TEST(AnAudit, TakesMailspecsOwnTextAsExact) {
    const std::string_view once = "S: * OK ready\nS: a1 OK done\n";
    EXPECT_THAT(found_in(once), IsEmpty());
    EXPECT_THAT(found_in(as_report(once)), ElementsAre("imap.completion.tag"));
    EXPECT_THAT(found_in(as_report("S: * OK ready\nC: a1 NOOP\nS: a1 OK done\\n\n")), ElementsAre("imap.syntax.crlf"));
    EXPECT_THAT(found_in(as_report("S: * OK ready\nC: a1 NO [no line end]\nC: OP\nS: a1 OK done\n")), IsEmpty());
    EXPECT_THAT(found_in(as_report("S: +OK ready\n-- unasked: +OK again\n")), ElementsAre("pop3.unsolicited"));
    EXPECT_THAT(found_in(as_report("S: * OK ready\n-- the server closed the connection\n")),
                ElementsAre("imap.close.bye"));
}

TEST(AnAudit, ReadsSeveralSessionsEachByItsName) {
    EXPECT_THAT(found_in("imap S: * OK ready\npop3 S: +OK ready\nimap C: a1 NOOP\npop3 C: QUIT\nimap S: a1 OK\n"
                         "pop3 S: +OK bye\npop3 S: +OK ready\npop3 C: QUIT\npop3 S: +OK bye\n"),
                IsEmpty());
}

TEST(AText, ThatIsNoRecordingIsRefusedWithFileAndLine) {
    EXPECT_THAT(fault_of("hello\n"), HasSubstr("log.txt:1: no line here begins with S:; put it in front of"));
    EXPECT_THAT(fault_of("S: * OK ready\nC: a1 NOOP\n* 1 EXISTS\nS: a1 OK\n"), HasSubstr("log.txt:3: who says this?"));
    EXPECT_THAT(fault_of("S: hello there\n"), HasSubstr("log.txt:1: nothing here tells whether this is IMAP"));
}

} // namespace
} // namespace mailspec::run::recorded
