#include "tests/run/puppet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mailspec::run::testing {
namespace {

using ::testing::Contains;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using verdict::outcome;

constexpr std::string_view noop = R"(<imap state="authenticated"/>
<C>NOOP</C>)";

constexpr std::string_view fetch = R"(<imap state="selected"><message>A: b

hi</message></imap>
<C>FETCH 1 FLAGS</C>
<S>* 1 FETCH (FLAGS ())</S>)";

TEST(Interpreter, TakesASessionToItsStateAndPlaysTheSteps) {
    auto server = puppet::imap();
    server.answers["FETCH"] = {"* 1 FETCH (FLAGS ())\r\n@ OK done\r\n"};
    const auto p = play(fetch, server);
    EXPECT_EQ(p.record.result, outcome::conforms) << p.record.reason << p.transcript;
    EXPECT_THAT(server.heard, Contains(HasSubstr("CREATE mailspec-t0k3n\r\n")));
    EXPECT_THAT(server.heard, Contains(HasSubstr("SELECT mailspec-t0k3n\r\n")));
    EXPECT_THAT(server.heard, Contains(HasSubstr("DELETE mailspec-t0k3n\r\n")));
}

TEST(Interpreter, ComesToTheSameHoweverTheBytesAreCut) {
    for (std::size_t most = 1; most < 40; most += 3) {
        auto server = puppet::imap();
        server.answers["FETCH"] = {"* 1 FETCH (FLAGS ())\r\n@ OK done\r\n"};
        const auto p = play(fetch, server, {most, 0, trouble::none});
        EXPECT_EQ(p.record.result, outcome::conforms) << most << p.record.reason;
    }
}

TEST(Interpreter, SurvivesEachOperationFailingInTurn) {
    for (const auto why : {trouble::reset, trouble::closed, trouble::timed_out, trouble::cancelled, trouble::refused})
        for (std::size_t at = 1;; ++at) {
            auto server = puppet::imap();
            server.answers["FETCH"] = {"* 1 FETCH (FLAGS ())\r\n@ OK done\r\n"};
            const auto p = play(fetch, server, {0, at, why});
            if (p.operations < at)
                break;
            const bool without_bye = p.record.result == outcome::deviates && why == trouble::closed;
            const bool judged = p.record.result == outcome::conforms || without_bye;
            EXPECT_TRUE(judged || p.record.result == outcome::inconclusive) << at << p.record.reason;
            EXPECT_EQ(judged && !without_bye, p.record.reason.empty()) << at;
            const auto made = std::any_of(server.heard.begin(), server.heard.end(),
                                          [](const auto& s) { return s.find("CREATE") != std::string::npos; });
            if (made) {
                EXPECT_THAT(server.heard, Contains(HasSubstr("DELETE mailspec-t0k3n"))) << at << p.transcript;
            }
        }
}

TEST(Interpreter, SaysWhichAnswerDidNotComeAndHowLongItWaited) {
    auto server = puppet::imap();
    server.answers["NOOP"] = {""};
    const auto p = play(noop, server);
    EXPECT_EQ(p.record.result, outcome::inconclusive);
    EXPECT_EQ(p.record.reason, "alice's IMAP server at 127.0.0.1:143 did not answer NOOP within 10 s");
}

TEST(Interpreter, SaysThatTheServerClosedInTheMidstOfALiteral) {
    auto server = puppet::imap();
    server.answers["NOOP"] = {"* 1 FETCH (BODY[] {100}\r\nabc!"};
    const auto p = play(noop, server);
    EXPECT_EQ(p.record.result, outcome::inconclusive);
    EXPECT_EQ(p.record.reason, "alice's IMAP server at 127.0.0.1:143 closed the connection instead of answering NOOP, "
                               "in the midst of a literal");
    EXPECT_THAT(p.transcript, HasSubstr("abc"));
}

TEST(Interpreter, QuotesTheByeOfAServerThatCloses) {
    auto server = puppet::imap();
    server.answers["NOOP"] = {"* BYE shutting down\r\n!"};
    const auto p = play(noop, server);
    EXPECT_THAT(p.record.reason, HasSubstr("it had said \"* BYE shutting down\""));
}

TEST(Interpreter, DoesNotReadALiteralAnnouncedBeyondTheLimit) {
    auto server = puppet::imap();
    server.answers["NOOP"] = {"* 1 FETCH (BODY[] {4294967295}\r\nabc"};
    const auto p = play(noop, server);
    EXPECT_EQ(p.record.result, outcome::inconclusive);
    EXPECT_THAT(p.record.reason, HasSubstr("announced a literal of 4294967295 octets in its answer to NOOP"));
}

TEST(Interpreter, TakesAScratchMailboxThatIsThereAlreadyForItsOwn) {
    constexpr std::string_view selected = R"(<imap state="selected"><message>a</message></imap><C>NOOP</C>)";
    for (const auto& [said, came] : {std::pair{"@ NO [AlreadyExists] there is one\r\n", outcome::conforms},
                                     std::pair{"@ NO there is one\r\n", outcome::inconclusive}}) {
        auto server = puppet::imap();
        server.answers["CREATE"] = {said};
        const auto p = play(selected, server);
        EXPECT_EQ(p.record.result, came) << p.record.reason << p.transcript;
    }
}

TEST(Interpreter, MasksThePasswordWhereverItIsEchoed) {
    auto server = puppet::imap();
    server.answers["NOOP"] = {"@ BAD I know sesame-alice and AHNlc2FtZS1hbGljZQ==\r\n"};
    const auto p = play(noop, server);
    EXPECT_EQ(p.record.result, outcome::violates);
    EXPECT_THAT(p.transcript, Not(HasSubstr("sesame")));
    EXPECT_THAT(p.transcript, Not(HasSubstr("AHNlc2FtZS1hbGljZQ")));
    EXPECT_THAT(p.record.reason, Not(HasSubstr("sesame")));
    for (const auto& f : p.record.failures)
        EXPECT_THAT(f.said_by_server + f.said_by_us + f.expected, Not(HasSubstr("sesame")));
}

TEST(Interpreter, ReportsAMissedExpectationWithWhatCameAndWhere) {
    auto server = puppet::imap();
    server.answers["FETCH"] = {"* 1 FETCH (FLAGS (\\Seen))\r\n@ OK done\r\n"};
    const auto p = play(fetch, server);
    EXPECT_EQ(p.record.result, outcome::violates);
    ASSERT_EQ(p.record.failures.size(), 1u);
    const auto& f = p.record.failures.front();
    EXPECT_EQ(f.line, 6u);
    EXPECT_THAT(f.said_by_server, HasSubstr("FLAGS (\\Seen)"));
    ASSERT_LT(f.transcript_at, p.record.transcript.size());
    EXPECT_THAT(p.record.transcript[f.transcript_at].octets, HasSubstr("FETCH (FLAGS (\\Seen))"));
}

TEST(Interpreter, IsUnsupportedWhereANeededCapabilityIsNotAnnounced) {
    auto server = puppet::imap();
    const auto p = play(scenario_of(noop, "needs=\"MOVE\""), server);
    EXPECT_EQ(p.record.result, outcome::unsupported);
    EXPECT_EQ(p.record.reason, "alice's IMAP server at 127.0.0.1:143 does not announce MOVE");
}

TEST(Interpreter, PlaysAPipelineInOneWrite) {
    auto server = puppet::imap();
    server.answers["NOOP"] = {"@ OK done\r\n"};
    const auto what = scenario_of(R"(<imap state="authenticated"/><pipeline><C>NOOP</C><C>NOOP</C></pipeline>)");
    const auto p = play(what, server);
    EXPECT_THAT(server.heard, Contains(HasSubstr("NOOP\r\na")));
}

TEST(Interpreter, WaitsForAPlusBeforeASynchronisingLiteral) {
    auto server = puppet::imap();
    server.answers["CREATE {3}"] = {"+ go on\r\n"};
    server.answers["abc"] = {""};
    const auto what = scenario_of(R"(<imap state="authenticated"/>
<C>CREATE ${literal('abc')}</C><S>NO</S>)");
    const auto p = play(what, server);
    EXPECT_THAT(server.heard, Contains(::testing::EndsWith("CREATE {3}\r\n")));
    EXPECT_THAT(server.heard, Contains("abc\r\n"));
}

TEST(Interpreter, SendsNothingMoreOfACommandWhoseLiteralIsRefused) {
    auto server = puppet::imap();
    server.answers["CREATE {3}"] = {"@ NO too big\r\n"};
    const auto what = scenario_of(R"(<imap state="authenticated"/>
<C>CREATE ${literal('abc')}</C><S>NO</S><C>NOOP</C>)");
    const auto p = play(what, server);
    EXPECT_EQ(p.record.result, outcome::conforms) << p.record.reason << p.transcript;
    EXPECT_THAT(server.heard, Not(Contains("abc\r\n")));
}

TEST(Interpreter, PollsUntilItMatches) {
    auto server = puppet::imap();
    server.answers["SEARCH"] = {"* SEARCH\r\n@ OK done\r\n", "* SEARCH\r\n@ OK done\r\n",
                                "* SEARCH 4\r\n@ OK done\r\n"};
    const auto what = scenario_of(R"(<imap state="authenticated"/>
<poll within="30s"><C>SEARCH ALL</C><S>* SEARCH ${n:nz-number}</S></poll>
<check>${n} = 4</check>)");
    const auto p = play(what, server);
    EXPECT_EQ(p.record.result, outcome::conforms) << p.record.reason << p.transcript;
}

TEST(Interpreter, GivesUpPollingInTime) {
    auto server = puppet::imap();
    server.answers["SEARCH"] = {"* SEARCH\r\n@ OK done\r\n"};
    const auto what = scenario_of(R"(<imap state="authenticated"/>
<poll within="2s"><C>SEARCH ALL</C><S>* SEARCH ${n:nz-number}</S></poll>)");
    const auto p = play(what, server);
    EXPECT_EQ(p.record.result, outcome::violates);
}

TEST(Interpreter, NoticesWhatAnEffectDidNotDeclare) {
    auto server = puppet::imap();
    server.answers["UID FETCH"] = {puppet::fetched(""), puppet::fetched("\\Seen")};
    const auto none = scenario_of(R"(<imap state="selected"><message>a</message></imap>
<effect><C>NOOP</C></effect>)");
    const auto p = play(none, server);
    EXPECT_EQ(p.record.result, outcome::violates);
    ASSERT_FALSE(p.record.failures.empty());
    EXPECT_EQ(p.record.failures[0].said_by_us, "message 1 had () before and has (\\Seen) after");
    auto again = puppet::imap();
    again.answers["UID FETCH"] = server.answers["UID FETCH"];
    const auto declared = scenario_of(R"(<imap state="selected"><message>a</message></imap>
<effect><change message="1" adds="\Seen"/><C>NOOP</C></effect>)");
    const auto q = play(declared, again);
    EXPECT_EQ(q.record.result, outcome::conforms) << q.record.reason << q.transcript;
}

TEST(Interpreter, KeepsTheTranscriptBounded) {
    auto server = puppet::imap();
    const auto what = scenario_of(R"(<imap state="authenticated"/><repeat times="1500"><C>NOOP</C></repeat>)");
    const auto p = play(what, server);
    EXPECT_EQ(p.record.result, outcome::conforms) << p.record.reason;
    EXPECT_LT(p.transcript.size(), 200u << 10);
}

TEST(Interpreter, HoldsTheGreetingForTheFirstExpectation) {
    auto server = puppet::imap();
    const auto p = play(R"(<imap state="connected"/><S>* OK ${...}</S>)", server);
    EXPECT_EQ(p.record.result, outcome::conforms) << p.record.reason << p.transcript;
}

TEST(Interpreter, ExpectsTheServerToHangUp) {
    auto server = puppet::imap();
    const auto p =
        play(R"(<imap state="authenticated"/><C>LOGOUT</C><S>* BYE ${...}</S><hangup within="5s"/>)", server);
    EXPECT_EQ(p.record.result, outcome::conforms) << p.record.reason << p.transcript;
    auto stays = puppet::imap();
    const auto q = play(R"(<imap state="authenticated"/><C>NOOP</C><hangup within="5s"/>)", stays);
    EXPECT_EQ(q.record.result, outcome::violates);
}

TEST(Interpreter, ExpectsTheServerToBeQuiet) {
    auto server = puppet::imap();
    const auto p = play(R"(<imap state="authenticated"/><quiet for="1s"/><C>NOOP</C>)", server);
    EXPECT_EQ(p.record.result, outcome::conforms) << p.record.reason << p.transcript;
}

TEST(Interpreter, SpeaksSMTPWithDataDotStuffed) {
    auto server = puppet::smtp();
    server.answers["Subject"] = {"250 2.0.0 queued\r\n"};
    const auto p = play(R"(<smtp/>
<C>MAIL FROM:${alice.path}</C><C>RCPT TO:${bob.path}</C><C>DATA</C><S>354</S>
<data>Subject: x

.dot</data><S>250</S>)",
                        server);
    EXPECT_EQ(p.record.result, outcome::conforms) << p.record.reason << p.transcript;
    EXPECT_THAT(server.heard, Contains("Subject: x\r\n\r\n..dot\r\n.\r\n"));
}

TEST(Interpreter, JudgesOneReplyForEachRecipientInLMTP) {
    auto server = puppet::smtp();
    server.answers["Subject"] = {"250 2.0.0 queued\r\n550 5.1.1 not here\r\n"};
    const auto p = play(R"(<lmtp/>
<C>MAIL FROM:${alice.path}</C><C>RCPT TO:${alice.path}</C><C>RCPT TO:${bob.path}</C><C>DATA</C><S>354</S>
<data>Subject: x</data><S>250</S><S>550</S>)",
                        server);
    EXPECT_EQ(p.record.result, outcome::conforms) << p.record.reason << p.transcript;
}

TEST(Interpreter, ReadsPOP3PayloadsOnlyWhereTheyAreDue) {
    auto server = puppet::pop3();
    server.answers["LIST 1"] = {"+OK 1 20\r\n"};
    server.answers["LIST"] = {"+OK\r\n1 20\r\n.\r\n"};
    const auto p = play(R"(<pop3 state="connected"/><S>+OK</S>
<C>USER ${alice.user}</C><C>PASS ${alice.password}</C>
<C>LIST</C><S>+OK</S><S>1 20</S><C>LIST 1</C><S>+OK 1 20</S>)",
                        server);
    EXPECT_EQ(p.record.result, outcome::conforms) << p.record.reason << p.transcript;
    EXPECT_THAT(p.transcript, Not(HasSubstr("sesame")));
}

TEST(Interpreter, ReadsTheLiteralBehindAManageSieveStatus) {
    puppet server;
    server.tagged = false;
    server.greeting = "\"SIEVE\" \"fileinto\"\r\nOK\r\n";
    server.answers = {{"NOOP", {"OK {4}\r\nwell\r\n"}}, {"LOGOUT", {"OK\r\n!"}}};
    auto against = plain_target();
    against.endpoints.front().protocol = wire::protocol::managesieve;
    const auto what = scenario_of(R"(<managesieve state="connected"/><C>NOOP</C><S>OK</S><C>NOOP</C><S>OK</S>)");
    const auto p = play(what, server, {}, against);
    EXPECT_EQ(p.record.result, outcome::conforms) << p.record.reason << p.transcript;
}

} // namespace
} // namespace mailspec::run::testing
