#include "tests/run/puppet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mailspec::run::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using verdict::outcome;

constexpr std::string_view one_message = R"(<imap state="selected"><message>a</message></imap>)";
constexpr std::string_view emptied = R"(<pop3 state="connected"/><C>USER ${alice.user}</C><C>PASS ${alice.password}</C>
<effect><C>NOOP</C><close/></effect>)";

const std::string unsigned_mail = "Subject: hello\r\n\r\n", late_canary = "X-Mailspec-Canary: t0k3n-9\r\n\r\n",
                  own_mail = "Subject: t0k3n\r\n\r\n";

std::string fetched(const std::string& uid, std::size_t size = 120) {
    return "* 1 FETCH (UID " + uid + " FLAGS () INTERNALDATE \"17-Jul-1996 02:44:25 +0000\" RFC822.SIZE " +
           std::to_string(size) + ")\r\n@ OK done\r\n";
}

/// A maildrop that somebody sends a mail to while the block goes on.
puppet maildrop_that_gets(const std::string& mail, const std::string& size_after = "120") {
    auto server = puppet::pop3();
    server.answers["LIST"] = {"+OK\r\n1 120\r\n.\r\n",
                              "+OK\r\n1 " + size_after + "\r\n2 " + std::to_string(mail.size()) + "\r\n.\r\n"};
    server.answers["UIDL"] = {"+OK\r\n1 a\r\n.\r\n", "+OK\r\n1 a\r\n2 b\r\n.\r\n"};
    server.answers["RETR"] = {"+OK\r\n" + mail + ".\r\n"};
    return server;
}

TEST(MailOfOthers, InAMaildropIsNotHeldAgainstTheServer) {
    auto server = maildrop_that_gets(unsigned_mail);
    const auto p = play(emptied, server);
    EXPECT_EQ(p.record.result, outcome::inconclusive) << p.record.reason << p.transcript;
    EXPECT_THAT(p.record.reason, HasSubstr("it cannot be told who sent it"));
}

TEST(MailOfOthers, DoesNotCountWhereItIsALateCanary) {
    auto server = maildrop_that_gets(late_canary);
    const auto p = play(emptied, server);
    EXPECT_EQ(p.record.result, outcome::conforms) << p.record.reason << p.transcript;
}

TEST(MailOfOthers, DoesNotHideMailOfTheScenario) {
    auto server = maildrop_that_gets(own_mail);
    const auto p = play(emptied, server);
    EXPECT_EQ(p.record.result, outcome::violates) << p.record.reason << p.transcript;
}

TEST(MailOfOthers, DoesNotHideWhatElseIsAmiss) {
    auto server = maildrop_that_gets(unsigned_mail, "121");
    const auto p = play(emptied, server);
    EXPECT_EQ(p.record.result, outcome::violates) << p.record.reason << p.transcript;
    EXPECT_THAT(p.record.reason, HasSubstr("message 1 had 120 octets before"));
    EXPECT_THAT(p.record.reason, Not(HasSubstr("does not come")));
}

TEST(MailOfOthers, InAnInboxIsJudgedByWhatItBears) {
    for (const auto& [mail, becomes] : {std::pair(unsigned_mail, outcome::inconclusive),
                                        {late_canary, outcome::conforms},
                                        {own_mail, outcome::violates}}) {
        auto server = puppet::imap();
        server.answers["EXAMINE"] = {"* 0 EXISTS\r\n* OK [UIDNEXT 5] x\r\n@ OK [READ-ONLY] done\r\n",
                                     "* 1 EXISTS\r\n* OK [UIDNEXT 6] x\r\n@ OK [READ-ONLY] done\r\n"};
        server.answers["UID FETCH 1:*"] = {fetched("5", mail.size())};
        server.answers["UID FETCH 5 "] = {"* 1 FETCH (UID 5 BODY[] {" + std::to_string(mail.size()) + "}\r\n" + mail +
                                          ")\r\n@ OK done\r\n"};
        const auto p = play(R"(<imap state="authenticated"/><effect within="10ms"><C>NOOP</C></effect>)", server);
        EXPECT_EQ(p.record.result, becomes) << mail << p.record.reason << p.transcript;
    }
}

constexpr std::string_view subscribes = R"(<effect within="10ms"><change mailbox="${mailbox}" subscribed="yes"/>
<C>SUBSCRIBE ${mailbox}</C></effect>)";

TEST(Subscriptions, ThatCannotBeSeenAreNotHeldAgainstTheServer) {
    auto server = puppet::imap();
    server.answers["SUBSCRIBE"] = {"@ OK done\r\n"};
    server.answers["UID FETCH"] = {fetched("5")};
    server.answers["LSUB"] = {"@ BAD what?\r\n"};
    const auto p = play(std::string(one_message) + std::string(subscribes), server);
    EXPECT_EQ(p.record.result, outcome::inconclusive) << p.record.reason << p.transcript;
    EXPECT_THAT(p.record.reason, HasSubstr("the subscriptions of alice could not be observed: LSUB was answered"));
}

TEST(Subscriptions, AreAskedForByListInImap4rev2) {
    auto server = puppet::imap();
    server.greeting = "* OK [CAPABILITY IMAP4rev2] ready\r\n";
    for (const auto* asked : {"LOGIN", "CAPABILITY"})
        server.answers[asked] = {"* CAPABILITY IMAP4rev2\r\n@ OK done\r\n"};
    server.answers["SUBSCRIBE"] = {"@ OK done\r\n"};
    server.answers["UID FETCH"] = {fetched("5")};
    server.answers["LSUB"] = {"@ BAD what?\r\n"};
    server.answers["LIST (SUBSCRIBED)"] = {"@ OK done\r\n",
                                           "* LIST (\\Subscribed) \"/\" mailspec-t0k3n\r\n@ OK done\r\n"};
    const auto p = play(std::string(one_message) + std::string(subscribes), server);
    EXPECT_EQ(p.record.result, outcome::conforms) << p.record.reason << p.transcript;
    EXPECT_THAT(server.heard, Not(Contains(HasSubstr("LSUB"))));
}

/// RFC 3501 section 6.4.2: CLOSE removes what is \Deleted; in a mailbox that is not ours that must not happen, even
/// where the server forgets that it was opened by EXAMINE.
TEST(CleaningUp, ClosesNoMailboxButTheScratchOne) {
    for (const bool opens : {true, false}) {
        auto server = puppet::imap();
        server.greeting.erase(server.greeting.find(" UNSELECT"), 9);
        for (auto& [asked, said] : server.answers)
            for (auto& each : said)
                if (const auto at = each.find(" UNSELECT"); at != std::string::npos)
                    each.erase(at, 9);
        server.answers["EXAMINE INBOX"] = {"* 3 EXISTS\r\n@ OK [READ-ONLY] done\r\n"};
        server.answers["EXAMINE mailspec"] = {opens ? "* 0 EXISTS\r\n@ OK [READ-ONLY] done\r\n" : "@ NO no\r\n"};
        server.answers["CLOSE"] = {"@ OK done\r\n"};
        const auto p = play(std::string(one_message) + "<C>EXAMINE INBOX</C><S>OK</S>", server);
        std::string opened;
        std::size_t closed = 0;
        for (const auto& said : server.heard) {
            if (said.find("EXAMINE ") != std::string::npos)
                opened = said;
            if (said.find("CLOSE") != std::string::npos) {
                ++closed;
                EXPECT_THAT(opened, HasSubstr("EXAMINE mailspec-t0k3n"));
            }
        }
        EXPECT_EQ(closed, opens ? 1u : 0u) << p.transcript;
    }
}

/// That it is none is held against the server by the rules of its syntax.
TEST(TheObserver, TakesNothingButANumberForAUid) {
    for (const std::string uid : {"1:*", "*", "0", "05", "4294967296"}) {
        auto server = puppet::imap();
        server.answers["EXAMINE"] = {"* 0 EXISTS\r\n@ OK [READ-ONLY] done\r\n",
                                     "* 1 EXISTS\r\n@ OK [READ-ONLY] done\r\n"};
        server.answers["UID FETCH"] = {fetched(uid)};
        const auto p = play(R"(<imap state="authenticated"/><effect within="10ms"><C>NOOP</C></effect>)", server);
        EXPECT_THAT(p.record.reason, HasSubstr("imap.syntax.nz-number")) << uid << p.transcript;
        EXPECT_THAT(server.heard, Contains(HasSubstr("UID FETCH 1:* (UID FLAGS"))) << uid;
        EXPECT_THAT(server.heard, Not(Contains(HasSubstr("BODY.PEEK")))) << uid;
    }
}

TEST(TheObserver, JoinsWhatIsSaidOfOneMessage) {
    auto server = puppet::imap();
    server.answers["UID FETCH"] = {"* 1 FETCH (FLAGS (\\Seen))\r\n" + fetched("5"), fetched("5")};
    const auto p = play(std::string(one_message) + "<effect><C>NOOP</C></effect>", server);
    EXPECT_EQ(p.record.result, outcome::conforms) << p.record.reason << p.transcript;
}

TEST(TheObserver, PutsNoControlCharactersOfAListedNameIntoACommand) {
    auto server = puppet::imap();
    server.answers["UID FETCH"] = {fetched("5")};
    server.answers["LIST"] = {"* LIST () \"/\" {26}\r\nmailspec-t0k3n\r\nz DELETE b\r\n@ OK done\r\n"};
    play(std::string(one_message) + "<effect><C>NOOP</C></effect>", server);
    EXPECT_THAT(server.heard, Not(Contains(HasSubstr("DELETE b"))));
}

} // namespace
} // namespace mailspec::run::testing
