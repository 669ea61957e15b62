#include "tests/run/puppet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

namespace mailspec::run::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using verdict::outcome;

const std::string ok = "@ OK done\r\n";

constexpr std::string_view one_message = R"(<imap state="selected"><message>a</message></imap>)";

std::size_t count(const puppet& server, std::string_view words) {
    return static_cast<std::size_t>(std::count_if(server.heard.begin(), server.heard.end(), [&](const auto& said) {
        return said.find(words) != std::string::npos;
    }));
}

TEST(AnEffect, TakesFourCommandsForAMailboxBeforeAndAfter) {
    auto server = puppet::imap();
    server.answers["UID FETCH"] = {puppet::fetched("")};
    const auto p = play(std::string(one_message) + "<effect><C>NOOP</C></effect>", server);
    EXPECT_EQ(p.record.result, outcome::conforms) << p.record.reason << p.transcript;
    EXPECT_EQ(count(server, "LSUB \"\" mailspec-t0k3n*"), 3u); // the last one cleans up, as that of LIST does
    EXPECT_EQ(count(server, "LIST \"\" mailspec-t0k3n*"), 3u);
    EXPECT_EQ(count(server, "EXAMINE mailspec-t0k3n"), 2u);
    EXPECT_EQ(count(server, "UID FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE)"), 2u);
    EXPECT_EQ(count(server, "STATUS"), 0u);
}

TEST(AnEffect, ShowsWhatTheSessionWasToldWhereTheObserverSeesOtherwise) {
    auto server = puppet::imap();
    server.answers["UID FETCH"] = {puppet::fetched("")};
    server.answers["STORE"] = {"* 1 FETCH (FLAGS (\\Flagged))\r\n@ OK done\r\n"};
    const auto p = play(std::string(one_message) + R"(<effect><change message="1" adds="\Flagged"/>
<C>STORE 1 +FLAGS (\Flagged)</C></effect>)",
                        server);
    EXPECT_EQ(p.record.result, outcome::violates);
    ASSERT_EQ(p.record.failures.size(), 1u);
    const auto& failure = p.record.failures.front();
    EXPECT_EQ(failure.expected, "message 1 gains \\Flagged");
    EXPECT_EQ(failure.said_by_us, "message 1 had () before and has () after; the session was told FLAGS (\\Flagged)");
    ASSERT_EQ(failure.differences.size(), 1u);
    EXPECT_EQ(failure.differences[0].told, "FLAGS (\\Flagged)");
}

TEST(AnEffect, ShowsWhatTheSessionWasToldOfAMessageThatIsStillThere) {
    auto server = puppet::imap();
    server.answers["UID FETCH"] = {puppet::fetched("\\Deleted")};
    server.answers["EXPUNGE"] = {"* 1 EXPUNGE\r\n@ OK done\r\n"};
    const auto p = play(std::string(one_message) + R"(<effect><change message="1" removed="yes"/>
<C>EXPUNGE</C></effect>)",
                        server);
    ASSERT_EQ(p.record.failures.size(), 1u) << p.record.reason;
    EXPECT_EQ(p.record.failures[0].differences[0].told, "EXPUNGE");
}

TEST(AnEffect, ShowsHowManyMessagesTheSessionWasTold) {
    auto server = puppet::imap();
    server.answers["UID FETCH"] = {puppet::fetched("")};
    server.answers["APPEND mailspec-t0k3n {3"] = {"* 2 EXISTS\r\n@ OK done\r\n"};
    const auto p = play(std::string(one_message) + R"(<effect><change added="yes"/>
<C>APPEND ${mailbox} ${literal('abc')}</C></effect>)",
                        server);
    ASSERT_EQ(p.record.failures.size(), 1u) << p.record.reason << p.transcript;
    EXPECT_EQ(p.record.failures[0].differences[0].told, "2 EXISTS");
}

TEST(AnEffect, PutsAllThatGoesAgainstOneRequirementIntoOneTable) {
    auto server = puppet::imap();
    server.answers["EXAMINE"] = {puppet::examined(2)};
    server.answers["UID FETCH"] = {puppet::shown(1, "") + puppet::shown(2, "") + ok,
                                   puppet::shown(1, "\\Seen") + puppet::shown(2, "\\Seen") + ok};
    const auto p =
        play(scenario_of(std::string(one_message) + "<effect><C>NOOP</C></effect>", R"(proves="imap.noop.succeeds")"),
             server);
    ASSERT_EQ(p.record.failures.size(), 1u);
    EXPECT_EQ(p.record.failures[0].differences.size(), 2u);
    EXPECT_EQ(p.record.failures[0].broken->id, "imap.noop.succeeds");
}

TEST(AnEffect, LeavesUidnextAloneWhereACommandMayHaveUsedUpAUid) {
    for (const auto& [command, came] :
         {std::pair{"NOOP", outcome::violates}, std::pair{"${upper('no')}OP", outcome::conforms},
          std::pair{"UID ${upper('copy')} 1 x", outcome::conforms}}) {
        auto server = puppet::imap();
        server.answers["UID FETCH"] = {puppet::fetched("")};
        server.answers["EXAMINE"] = {
            "* 1 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 6] x\r\n@ OK [READ-ONLY] done\r\n",
            "* 1 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 7] x\r\n@ OK [READ-ONLY] done\r\n"};
        server.answers["UID COPY"] = {ok};
        const auto p = play(std::string(one_message) + "<effect><C>" + command + "</C><S>OK</S></effect>", server);
        EXPECT_EQ(p.record.result, came) << command << p.record.reason << p.transcript;
    }
}

TEST(AnEffect, IsInconclusiveWhereTheStateCannotBeSeen) {
    for (const std::string refused : {"EXAMINE", "LIST", "UID FETCH"}) {
        auto server = puppet::imap();
        server.answers["UID FETCH"] = {puppet::fetched("")};
        server.answers[refused] = {"@ NO not today\r\n"};
        const auto p = play(std::string(one_message) + "<effect><C>NOOP</C></effect>", server);
        EXPECT_EQ(p.record.result, outcome::inconclusive) << refused << p.transcript;
        EXPECT_THAT(p.record.reason, HasSubstr("the state could not be observed"));
    }
}

/// Some servers list a deleted mailbox that has others below it as if it were there.
TEST(AnEffect, TakesAMailboxThatIsListedButCannotBeOpenedForGoneOnlyWhereThatIsDeclared) {
    for (const std::string change : {R"(<change mailbox="${mailbox}" deleted="yes"/>)", ""}) {
        auto server = puppet::imap();
        server.answers["UID FETCH"] = {puppet::fetched("")};
        server.answers["EXAMINE"] = {puppet::examined(1), "@ NO it does not exist\r\n"};
        const auto p =
            play(std::string(one_message) + "<effect>" + change + "<C>DELETE ${mailbox}</C></effect>", server);
        EXPECT_EQ(p.record.result, change.empty() ? outcome::inconclusive : outcome::conforms)
            << p.record.reason << p.transcript;
    }
}

TEST(AnEffect, DoesWithoutSubscriptionsWhereTheServerHasNone) {
    auto server = puppet::imap();
    server.answers["UID FETCH"] = {puppet::fetched("")};
    server.answers["LSUB"] = {"@ BAD what?\r\n"};
    const auto p = play(std::string(one_message) + "<effect><C>NOOP</C></effect>", server);
    EXPECT_EQ(p.record.result, outcome::conforms) << p.record.reason;
}

TEST(AnEffect, LetsGoOfAMailboxThatIsToBeDeleted) {
    auto server = puppet::imap();
    server.answers["UID FETCH"] = {puppet::fetched("")};
    server.answers["EXAMINE"] = {puppet::examined(1), "@ NO gone\r\n"};
    server.answers["LIST"] = {"* LIST () \"/\" mailspec-t0k3n\r\n@ OK done\r\n", "@ OK done\r\n"};
    const auto p = play(std::string(one_message) + R"(<effect><change mailbox="${mailbox}" deleted="yes"/>
<C>DELETE ${mailbox}</C></effect>)",
                        server);
    EXPECT_EQ(p.record.result, outcome::conforms) << p.record.reason << p.transcript;
    const auto said = [&](std::string_view words) {
        return std::find_if(server.heard.begin(), server.heard.end(),
                            [&](const auto& each) { return each.find(words) != std::string::npos; });
    };
    EXPECT_LT(said("UNSELECT"), said("DELETE"));
}

TEST(AnEffect, IsUnsupportedWhereThereIsNothingThatItMayWatch) {
    auto server = puppet::smtp();
    const auto p = play("<smtp/><effect><C>NOOP</C></effect>", server);
    EXPECT_EQ(p.record.result, outcome::unsupported);
    EXPECT_THAT(p.record.reason, HasSubstr("nothing to watch"));
}

/// The operations fail one after the other; nothing but a failure of the world comes of it, and all is cleaned up.
void fail_in_turn(std::string_view steps, const std::function<puppet()>& make, outcome otherwise) {
    for (const auto why : {trouble::reset, trouble::timed_out, trouble::cancelled})
        for (std::size_t at = 1;; ++at) {
            auto server = make();
            const auto p = play(steps, server, {0, at, why});
            if (p.operations < at)
                break;
            EXPECT_TRUE(p.record.result == otherwise || p.record.result == outcome::inconclusive)
                << at << p.record.reason << p.transcript;
        }
}

TEST(AnEffect, SurvivesEachOperationFailingInTurn) {
    const auto make = [] {
        auto server = puppet::imap();
        server.answers["UID FETCH"] = {puppet::fetched("")};
        return server;
    };
    fail_in_turn(std::string(one_message) + "<effect><C>NOOP</C></effect>", make, outcome::conforms);
}

std::string literal_of(const std::string& mail) { return "{" + std::to_string(mail.size()) + "}\r\n" + mail; }

constexpr std::string_view mails = R"(<smtp/><effect><change to="bob" delivered="yes"/><C>MAIL FROM:&lt;a@b></C>
<C>RCPT TO:${bob.path}</C><C>DATA</C><S>354</S><data>Subject: x</data><S>250</S></effect>)";

/// SMTP, and IMAP where the mail and then the canary of line 2 have come when it is asked the third time.
puppet with_mail(const std::string& came = "Received: y\r\nSubject: x\r\n") {
    auto server = puppet::smtp();
    server.answers["Subject"] = {"250 2.0.0 queued\r\n"};
    server.answers["X-Mailspec-Canary"] = {"250 2.0.0 queued\r\n"};
    auto& imap = server.others[wire::protocol::imap] = puppet::imap();
    const std::string canary = "X-Mailspec-Canary: t0k3n-2\r\n\r\n";
    const auto first = puppet::shown(1, "", came.size());
    imap.answers["EXAMINE"] = {puppet::examined(0), puppet::examined(1), puppet::examined(2)};
    imap.answers["UID FETCH 1:*"] = {first + ok, first + puppet::shown(2, "", canary.size()) + ok};
    imap.answers["UID FETCH 5 "] = {"* 1 FETCH (UID 5 BODY[] " + literal_of(came) + ")\r\n" + ok};
    imap.answers["UID FETCH 6 "] = {"* 2 FETCH (UID 6 BODY[] " + literal_of(canary) + ")\r\n" + ok};
    imap.answers["SELECT"] = {"* 2 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n@ OK [READ-WRITE] done\r\n"};
    imap.answers["UID STORE"] = imap.answers["UID EXPUNGE"] = {ok};
    return server;
}

TEST(AnEffectOfMail, WaitsForTheCanaryAndRemovesBoth) {
    auto server = with_mail();
    const auto p = play(mails, server);
    EXPECT_EQ(p.record.result, outcome::conforms) << p.record.reason << p.transcript;
    auto& imap = server.others.at(wire::protocol::imap);
    EXPECT_EQ(count(imap, "EXAMINE INBOX"), 3u);
    EXPECT_EQ(count(imap, "UID STORE 5,6 +FLAGS.SILENT (\\Deleted)"), 1u);
    EXPECT_EQ(count(imap, "UID EXPUNGE 5,6"), 1u);
}

TEST(AnEffectOfMail, FailsWhereItIsNotAsSent) {
    auto server = with_mail("Subject: another of t0k3n\r\n");
    const auto p = play(mails, server);
    EXPECT_EQ(p.record.result, outcome::deviates) << p.record.reason << p.transcript;
    EXPECT_THAT(p.record.reason, HasSubstr("without the header field Subject as sent"));
}

TEST(AnEffectOfMail, DoesNotCountWhatOtherScenariosSent) {
    auto server = with_mail("Subject: t0k3n\r\n");
    const auto p = play(R"(<smtp/><effect><change to="bob" delivered="no"/><C>NOOP</C></effect>
<if can="X-NEVER"><C>DATA</C><S>354</S><data>Subject: ${token}</data></if>)",
                        server);
    EXPECT_EQ(p.record.result, outcome::conforms) << p.record.reason << p.transcript;
    EXPECT_EQ(count(server.others.at(wire::protocol::imap), "UID STORE 6 "), 1u);
}

TEST(AnEffectOfMail, SurvivesEachOperationFailingInTurn) {
    fail_in_turn(
        mails, [] { return with_mail(); }, outcome::conforms);
}

constexpr std::string_view maildrop =
    R"(<pop3 state="connected"/><C>USER ${alice.user}</C><C>PASS ${alice.password}</C>)";

puppet with_maildrop() {
    auto server = puppet::pop3();
    server.answers["LIST"] = {"+OK\r\n1 120\r\n2 200\r\n.\r\n"};
    server.answers["UIDL"] = {"+OK\r\n1 a\r\n2 b\r\n.\r\n"};
    server.answers["DELE"] = {"+OK\r\n"};
    return server;
}

TEST(AnEffectOfPop3, AsksTheSessionWhileItHoldsTheMaildropAndANewOneOnceItIsGone) {
    auto server = with_maildrop();
    const auto p = play(std::string(maildrop) + "<effect><C>DELE 1</C><close/></effect>", server);
    EXPECT_EQ(p.record.result, outcome::conforms) << p.record.reason << p.transcript;
    EXPECT_EQ(count(server, "PASS"), 2u);
    EXPECT_EQ(count(server, "UIDL"), 2u);
}

TEST(AnEffectOfPop3, WaitsForTheLockOfAConnectionThatWasDropped) {
    auto server = with_maildrop();
    server.answers["PASS"] = {"+OK\r\n", "-ERR [IN-USE] still locked\r\n", "-ERR [IN-USE] still locked\r\n", "+OK\r\n"};
    const auto p = play(std::string(maildrop) + "<effect><C>DELE 1</C><close/></effect>", server);
    EXPECT_EQ(p.record.result, outcome::conforms) << p.record.reason << p.transcript;
    EXPECT_EQ(count(server, "PASS"), 4u);
}

TEST(AnEffectOfPop3, SeesWhatIsMissingOrChangedItsSize) {
    for (const std::string after : {"+OK\r\n2 200\r\n.\r\n", "+OK\r\n1 121\r\n2 200\r\n.\r\n"}) {
        auto server = with_maildrop();
        server.answers["LIST"].push_back(after);
        const auto p = play(std::string(maildrop) + "<effect><C>DELE 1</C><close/></effect>", server);
        EXPECT_EQ(p.record.result, outcome::violates) << p.record.reason << p.transcript;
        EXPECT_THAT(p.record.reason, HasSubstr("message 1 had 120 octets before and "));
    }
}

} // namespace
} // namespace mailspec::run::testing
