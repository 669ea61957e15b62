#include "harness/run/guard.hpp"

#include "tests/run/puppet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mailspec::run::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using form = exchange::form;
using verdict::outcome;

bool allows(std::string_view octets, form how = form::line) {
    return guard([](std::string_view name) { return name.starts_with("ours"); }).allows(octets, how);
}

TEST(Guard, AllowsWhatConcernsOurMailboxes) {
    for (const std::string_view octets :
         {"SELECT ours", "SELECT \"ours\"", "COPY 1:2 ours-copy", "SELECT {4}\r\nours",
          "RENAME {4+}\r\nours {5}\r\nours2", "APPEND ours {22+}\r\n\r\nplease DELETE INBOX\r\n",
          "STORE 1 +FLAGS (\\Seen)", "EXPUNGE", "DONE", "U0VMRUNU", "LIST \"\" *", "EXAMINE INBOX"})
        EXPECT_TRUE(allows(octets)) << octets;
    EXPECT_TRUE(allows("a1 SELECT ours\r\na2 DELETE ours\r\n", form::raw));
    EXPECT_TRUE(allows("DELETE INBOX", form::data));
}

TEST(Guard, HoldsBackWhatConcernsOthers) {
    for (const std::string_view octets :
         {"DELETE INBOX", "delete inbox", "SELECT {5}\r\nINBOX", "SELECT {5+}\r\nINBOX", "RENAME ours INBOX",
          "RENAME {4}\r\nours {5}\r\nINBOX", "UID MOVE 1 Sent", "NOOP\r\na2 DELETE INBOX", "NOOP\na2 DELETE INBOX",
          "APPEND ours {3}\r\na b\r\na2 DELETE INBOX", "SELECT \"\"", "DELETE ours/../INBOX"})
        EXPECT_FALSE(allows(octets)) << octets;
    EXPECT_FALSE(allows("a1 SELECT {30}\r\n", form::raw));
    EXPECT_FALSE(allows("a1 APPEND ours {30}\r\na2 DELETE INBOX\r\n", form::raw));
}

TEST(Guard, PutsTogetherWhatIsSentInPieces) {
    guard g([](std::string_view) { return false; });
    EXPECT_TRUE(g.allows("a1 DEL", form::raw));
    EXPECT_TRUE(g.allows("ETE INB", form::raw));
    EXPECT_FALSE(g.allows("OX\r\n", form::raw));
}

target kept() {
    auto t = plain_target();
    for (auto& each : t.accounts)
        each.inbox = disposal::keep;
    return t;
}

/// Each of these sends DELETE INBOX, which its text does not show.
constexpr std::string_view hidden[] = {
    R"(<imap state="authenticated"/><C>${unbase64('REVMRVRFIElOQk9Y')}</C>)",
    R"(<imap state="authenticated"/><C>NOOP ${unbase64('DQphMiBERUxFVEUgSU5CT1g=')}</C>)",
    R"(<imap state="authenticated"/><raw>${unbase64('YTIgREVMRVRFIElOQk9YDQo=')}</raw>)",
    R"(<imap state="authenticated"/><pipeline><C>NOOP</C><C>${lower('DELETE INBOX')}</C></pipeline>)",
};

TEST(Guard, KeepsAScenarioFromSendingWhatItsTextDidNotShow) {
    for (const auto steps : hidden) {
        for (const auto& against : {kept(), plain_target()}) {
            auto server = puppet::imap();
            server.answers["LIST"] = {"* LIST () \"/\" INBOX\r\n@ OK done\r\n"};
            const auto p = play(scenario_of(steps), server, {}, against);
            const auto touched = Contains(::testing::AnyOf(HasSubstr("DELETE INBOX"), HasSubstr("delete inbox")));
            if (against.accounts[0].inbox == disposal::disposable) {
                EXPECT_THAT(server.heard, touched) << steps << p.transcript;
                continue;
            }
            EXPECT_THAT(server.heard, Not(touched)) << steps << p.transcript;
            EXPECT_EQ(p.record.result, outcome::unsupported) << steps << p.record.reason;
            EXPECT_THAT(p.record.reason, HasSubstr("would change mailboxes of alice that it did not make"));
        }
    }
}

TEST(Guard, KeepsMailFromGoingToStrangersEvenWhereTheirAddressIsHidden) {
    for (
        const std::string_view steps :
        {R"(<smtp state="greeted"/><C>${unbase64('UkNQVCBUTzo8cmVhbEBwZXJzb24uZXhhbXBsZT4=')}</C><C>DATA</C>)",
         R"(<smtp state="greeted"/><C>NOOP ${unbase64('DQpSQ1BUIFRPOjxyZWFsQHBlcnNvbi5leGFtcGxlPg==')}</C><C>DATA</C>)"}) {
        auto server = puppet::smtp();
        const auto p = play(scenario_of(steps), server, {}, plain_target());
        EXPECT_THAT(server.heard, Not(Contains(HasSubstr("RCPT")))) << steps;
        EXPECT_EQ(p.record.result, outcome::unsupported) << steps << p.record.reason;
        EXPECT_THAT(p.record.reason, HasSubstr("would send mail to an address that is no account of the target"));
    }
}

TEST(Guard, LetsAScenarioThatHandsNoMailOverNameWhomItLikes) {
    auto server = puppet::smtp();
    const auto p =
        play(scenario_of(R"(<smtp state="greeted"/><C>MAIL FROM:&lt;></C><C>RCPT TO:&lt;real@person.example></C>
                                       <C>NOOP ${unbase64('DQpEQVRB')}</C>)"),
             server, {}, plain_target());
    EXPECT_THAT(server.heard, Contains(HasSubstr("RCPT")));
    EXPECT_THAT(server.heard, Not(Contains(HasSubstr("DATA"))));
    EXPECT_THAT(p.record.reason, HasSubstr("would send mail to an address that is no account of the target"));
}

TEST(Guard, KnowsAPasswordWithABlankInIt) {
    auto against = kept();
    for (auto& each : against.accounts)
        each.password = "open sesame";
    for (const std::string_view steps :
         {R"(<pop3 state="connected"/><C>USER alice</C><C>${unbase64('UEFTUyBvcGVuIHNlc2FtZQ==')}</C>)",
          R"(<pop3 state="connected"/><C>USER alice</C><C>PASS ${unbase64('b3Blbg==')} sesame</C>)"}) {
        auto server = puppet::pop3();
        const auto p = play(scenario_of(steps), server, {}, against);
        EXPECT_THAT(server.heard, Not(Contains(HasSubstr("PASS")))) << steps;
        EXPECT_THAT(p.record.reason, HasSubstr("would log in to the maildrop of alice")) << steps;
    }
}

TEST(Guard, KeepsAMaildropFromBeingOpenedOrChanged) {
    for (const std::string_view steps :
         {R"(<pop3 state="connected"/><C>USER alice</C><C>${unbase64('UEFTUyBzZXNhbWUtYWxpY2U=')}</C>)",
          R"(<pop3 state="connected"/><C>${unbase64('REVMRSAx')}</C>)"}) {
        auto server = puppet::pop3();
        const auto p = play(scenario_of(steps), server, {}, kept());
        EXPECT_THAT(server.heard, Not(Contains(::testing::AnyOf(HasSubstr("PASS"), HasSubstr("DELE"))))) << steps;
        EXPECT_EQ(p.record.result, outcome::unsupported) << steps << p.record.reason;
    }
}

} // namespace
} // namespace mailspec::run::testing
