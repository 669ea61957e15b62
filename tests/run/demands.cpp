#include "harness/run/demands.hpp"

#include "tests/run/puppet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mailspec::run::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

demands of(std::string_view sessions, std::string_view steps) {
    return read_demands(scenario_of(std::string(sessions) + "\n" + std::string(steps)));
}

auto touched_by_imap(std::string_view steps) { return of("<imap state=\"authenticated\"/>", steps).touched; }

bool mails_stranger(std::string_view steps) { return of("<smtp state=\"greeted\"/>", steps).mails_stranger(); }

std::string reason(std::string_view sessions, std::string_view steps, disposal inbox) {
    const auto s = scenario_of(std::string(sessions) + "\n" + std::string(steps));
    auto against = plain_target();
    for (auto& a : against.accounts)
        a.inbox = inbox;
    return why_unsupported(s, read_demands(s), against).value_or("");
}

TEST(Demands, AMaildropInTransactionIsTouched) {
    EXPECT_THAT(of("<pop3 state=\"transaction\"/>", "<C>NOOP</C>").touched, ElementsAre("alice"));
}

TEST(Demands, AnEffectThatDeclaresMailNeedsTheAccountForItself) {
    const auto d = of("<imap><message>a</message></imap><smtp/>",
                      "<effect><change to=\"carol\" delivered=\"no\"/><C>NOOP</C></effect>");
    EXPECT_THAT(d.roles, ElementsAre("alice", "carol"));
    EXPECT_THAT(d.touched, ElementsAre("carol"));
    EXPECT_THAT(d.exclusive, ElementsAre("carol"));
}

TEST(Demands, AnEffectOfSmtpNeedsTheInboxesOfAllWhomItNamesForItself) {
    constexpr std::string_view mail = "<C>MAIL FROM:${alice.path}</C><C>RCPT TO:${bob.path}</C>";
    EXPECT_THAT(of("<smtp/>", mail).exclusive, ElementsAre("bob"));
    const auto watched = of("<smtp/>", "<effect>" + std::string(mail) + "</effect>");
    EXPECT_THAT(watched.exclusive, ElementsAre("alice", "bob"));
    EXPECT_THAT(watched.touched, ElementsAre("alice", "bob")); // she sends
}

TEST(Demands, AnEffectThatWatchesInboxNeedsItForItself) {
    constexpr std::string_view effect = "<effect><C>EXAMINE INBOX</C></effect>";
    EXPECT_THAT(of("<imap/>", effect).exclusive, ElementsAre("alice"));
    EXPECT_THAT(of("<imap/>", effect).touched, IsEmpty());
    EXPECT_THAT(of("<imap state=\"selected\"/>", effect).exclusive, IsEmpty());
}

TEST(Demands, DeleTouchesTheMaildropHoweverTheSessionLogsInAndHoweverItIsSent) {
    constexpr std::string_view pop3 = "<pop3 state=\"connected\"/>";
    EXPECT_THAT(of(pop3, "<C>USER ${alice.user}</C><C>PASS ${alice.password}</C><C>STAT</C>").touched, IsEmpty());
    for (const std::string_view steps : {
             "<C>DELE 1</C>",
             "<C>dele 1</C>",
             "<pipeline><C>NOOP</C><C>DELE 1</C></pipeline>",
             "<poll within=\"2s\"><C>Dele 1</C></poll>",
             "<repeat times=\"2\"><C>DELE 1</C></repeat>",
             "<raw>NOOP\\r\\nDELE 1\\r\\n</raw>",
             "<raw>D\\x45LE 1\\r\\n</raw>",
             "<raw>DE</raw><raw>LE 1\\r\\n</raw>",
         })
        EXPECT_THAT(of(pop3, steps).touched, ElementsAre("alice")) << steps;
}

TEST(Demands, DeleTouchesWhomeverTheSessionLogsInAs) {
    EXPECT_THAT(of("<pop3 state=\"connected\"/>", "<C>USER ${bob.user}</C><C>DELE 1</C>").touched,
                ElementsAre("alice", "bob"));
}

TEST(Demands, ImapCommandsOnOtherMailboxesTouchTheAccount) {
    for (const std::string_view steps : {
             "<C>SELECT INBOX</C>",
             "<C>select Sent</C>",
             "<C>SELECT  \"Sent\"</C>",
             "<C>SELECT x${mailbox}</C>",
             "<C>SELECT ${quoted('Sent')}</C>",
             "<C>SELECT ${literal('INBOX')}</C>",
             "<C>SELECT ${utf7(mailbox)}</C>",
             "<C>SELECT ${delimiter}</C>",
             "<C>APPEND Sent ${literal('Subject: x')}</C>",
             "<C>COPY 1 Sent</C>",
             "<C>UID COPY 1:* Sent</C>",
             "<C>uid move 1 ${namespace}Sent</C>",
             "<C>MOVE 1 Sent</C>",
             "<C>RENAME Sent ${mailbox}</C>",
             "<C>RENAME ${mailbox} Sent</C>",
             "<C>RENAME \"${mailbox} ${mailbox}\" Sent</C>",
             "<C>DELETE Sent</C>",
             "<C>CREATE Other</C>",
             "<pipeline><C>NOOP</C><C>DELETE Sent</C></pipeline>",
             "<raw>a1 SELECT Sent\\r\\n</raw>",
             "<raw>a1 NOOP\\r\\na2 UID MOVE 1 Sent\\r\\n</raw>",
             "<raw>a1 SELECT {4+}\\r\\nSent\\r\\n</raw>",
             "<raw>a1 SEL</raw><raw>ECT Sent\\r\\n</raw>",
         })
        EXPECT_THAT(touched_by_imap(steps), ElementsAre("alice")) << steps;
}

TEST(Demands, ImapCommandsOnTheScratchMailboxAndReadingTouchNothing) {
    for (const std::string_view steps : {
             "<C>SELECT ${mailbox}</C>",
             "<C>SELECT \"${mailbox} b\"</C>",
             "<C>SELECT ${quoted(mailbox)}</C>",
             "<C>SELECT ${literal+(mailbox)}</C>",
             "<C>EXAMINE INBOX</C>",
             "<C>STATUS INBOX (MESSAGES)</C>",
             "<C>LIST \"\" *</C>",
             "<C>CREATE ${mailbox}${delimiter}below</C>",
             "<C>APPEND ${mailbox} (\\Seen) ${literal('Subject: INBOX')}</C>",
             "<C>UID COPY 1 ${mailbox}-copy</C>",
             "<C>RENAME ${mailbox} ${mailbox}-renamed</C>",
             "<C>DELETE ${mailbox}</C>",
             "<C>SELECT</C>",
             "<raw>a1 SELECT ${mailbox}\\r\\na2 NOOP\\r\\n</raw>",
         })
        EXPECT_THAT(touched_by_imap(steps), IsEmpty()) << steps;
    EXPECT_THAT(of("<imap state=\"selected\"/>", "<C>SELECT ${imap.mailbox}</C>").touched, IsEmpty());
}

TEST(Demands, ExamineReadsButNotWithCommandsThatABadServerWouldObey) {
    for (const std::string_view steps : {
             "<C>EXAMINE INBOX</C><C>STORE 1 +FLAGS (\\Seen)</C>",
             "<C>EXAMINE INBOX</C><C>UID EXPUNGE 1</C>",
             "<C>EXAMINE Sent</C><C>CLOSE</C>",
             "<C>EXAMINE Sent</C><C>FETCH 1 BODY[]</C>",
             "<C>EXAMINE Sent</C><C>uid fetch 1 (FLAGS rfc822)</C>",
             "<C>EXAMINE Sent</C><C>FETCH 1 (BINARY[1])</C>",
         })
        EXPECT_THAT(touched_by_imap(steps), ElementsAre("alice")) << steps;
    for (const std::string_view steps : {
             "<C>EXAMINE INBOX</C><C>FETCH 1 (FLAGS RFC822.SIZE RFC822.HEADER BODY.PEEK[])</C><C>UNSELECT</C>",
             "<C>EXAMINE ${mailbox}</C><C>STORE 1 +FLAGS (\\Seen)</C><C>FETCH 1 RFC822</C><C>CLOSE</C>",
         })
        EXPECT_THAT(touched_by_imap(steps), IsEmpty()) << steps;
}

TEST(Demands, NoNameLeadsOutOfTheScratchMailbox) {
    for (const std::string_view steps : {
             "<C>DELETE ${mailbox}/../INBOX</C>",
             "<C>SETMETADATA \"\" (/private/comment \"x\")</C>",
             "<C>SETQUOTA \"\" (STORAGE 1)</C>",
             "<C>RESETKEY INBOX</C>",
         })
        EXPECT_THAT(touched_by_imap(steps), ElementsAre("alice")) << steps;
}

TEST(Demands, ALoginToAMaildropIsForDisposableAccounts) {
    constexpr std::string_view pop3 = "<pop3 state=\"connected\"/>";
    for (const std::string_view steps : {
             "<C>USER ${alice.user}</C><C>PASS ${alice.password}</C>",
             "<C>USER ${alice.user}</C><C>pass sesame</C>",
             "<C>AUTH PLAIN</C>",
             "<raw>USER ${alice.user}\\r\\nPASS ${alice.password}\\r\\n</raw>",
         }) {
        EXPECT_THAT(of(pop3, steps).opened, ElementsAre("alice")) << steps;
        EXPECT_THAT(reason(pop3, steps, disposal::keep), ::testing::StartsWith("it logs in to the maildrop of alice"));
        EXPECT_EQ(reason(pop3, steps, disposal::disposable), "");
    }
    for (const std::string_view steps :
         {"<C>CAPA</C><C>AUTH</C>", "<C>USER ${alice.user}</C><C>PASS ${token}-is-not-it</C>"})
        EXPECT_EQ(reason(pop3, steps, disposal::keep), "") << steps;
}

TEST(Demands, RecipientsAreRolesOrStrangers) {
    for (const std::string_view steps : {
             "<C>RCPT TO:${bob.path}</C>",
             "<C>rcpt to: ${bob.path} NOTIFY=NEVER</C>",
             "<C>RCPT TO:<![CDATA[<${bob.address}>]]></C>",
             "<raw>RC</raw><raw>PT TO:${bob.path}\\r\\n</raw>",
             "<raw>MAIL FROM:&lt;a@b>\\r\\nRCPT TO:${bob.path}\\r\\n</raw>",
             "<C>RCPT TO:&lt;${token}-nobody@${bob.domain}></C>",
             "<raw>RCPT TO:&lt;x1${token}@${bob.domain}>\\r\\n</raw>",
             "<C>RCPT TO:&lt;@${bob.domain}:${bob.address}></C>",
         }) {
        EXPECT_FALSE(mails_stranger(std::string(steps) + "<C>DATA</C>")) << steps;
        EXPECT_THAT(of("<smtp state=\"greeted\"/>", steps).touched, ElementsAre("bob")) << steps;
    }
    for (const std::string_view steps : {
             "<C>RCPT TO:&lt;real@person.example></C>",
             "<C>rcpt to:&lt;real@person.example></C>",
             "<C>RCPT TO:&lt;x@${bob.domain}></C>",
             "<C>RCPT TO:&lt;${token}@person.example></C>",
             "<C>RCPT TO:&lt;${token}.x@${bob.domain}></C>",
             "<C>RCPT TO:&lt;${token}@${bob.domain}.example></C>",
             "<C>RCPT TO:&lt;real@person.example,${token}@${bob.domain}></C>",
             "<C>RCPT TO:&lt;@person.example:${token}@${bob.domain}></C>",
             "<C>RCPT TO:&lt;\"real@person.example\"${token}@${bob.domain}></C>",
             "<C>RCPT TO:&lt;${token}%person.example@${bob.domain}></C>",
             "<C>RCPT TO:&lt;${bob.user}@${bob.domain}></C>",
             "<C>RCPT TO:&lt;${upper(token)}@${bob.domain}></C>",
             "<C>RCPT TO:&lt;x${bob.address}></C>",
             "<C>RCPT TO:${bob.path}x@y</C>",
             "<pipeline><C>NOOP</C><C>RCPT TO:&lt;real@person.example></C></pipeline>",
             "<raw>RSET\\r\\nRCPT TO:&lt;real@person.example>\\r\\n</raw>",
             "<raw>RCPT TO:</raw><raw>&lt;real@person.example>\\r\\n</raw>",
         })
        EXPECT_TRUE(mails_stranger(std::string(steps) + "<C>DATA</C>")) << steps;
    EXPECT_FALSE(mails_stranger("<C>RCPT TO:&lt;real@person.example></C><C>RSET</C>"));
    EXPECT_TRUE(mails_stranger("<C>RCPT TO:&lt;real@person.example></C><C>BDAT 1 LAST</C>"));
    EXPECT_TRUE(mails_stranger("<C>RCPT TO:&lt;real@person.example></C><raw>DA</raw>"));
    EXPECT_FALSE(mails_stranger("<C>DATA</C><S>354</S><data>RCPT TO:&lt;real@person.example></data>"));
}

TEST(Demands, WhoIsNamedMustBeThere) {
    auto nobody = plain_target();
    nobody.accounts.clear();
    const auto why = [&](std::string_view steps) {
        const auto s = scenario_of("<imap state=\"connected\"/>" + std::string(steps));
        return why_unsupported(s, read_demands(s), nobody).value_or("");
    };
    EXPECT_EQ(why("<C>NOOP</C>"), "");
    EXPECT_EQ(why("<C>LOGIN ${quoted(alice.user)} x</C>"), "the target has no account for alice");
}

TEST(Demands, WhatIsTouchedMustBeDisposable) {
    constexpr std::string_view imap = "<imap state=\"authenticated\"/>", pop3 = "<pop3 state=\"connected\"/>";
    constexpr std::string_view why = "it changes mailboxes of alice that it did not make, and the account alice is not "
                                     "marked disposable=\"yes\"";
    EXPECT_EQ(reason(imap, "<C>SELECT Sent</C>", disposal::keep), why);
    EXPECT_EQ(reason(imap, "<C>SELECT Sent</C>", disposal::disposable), "");
    EXPECT_EQ(reason(imap, "<C>SELECT ${mailbox}</C>", disposal::keep), "");
    EXPECT_EQ(reason(imap, "<C>CREATE ${mailbox}-a (use (\\Sent))</C>", disposal::keep), why);
    EXPECT_EQ(reason(imap, "<C>CREATE ${mailbox}-a (USE (\\Sent))</C>", disposal::disposable), "");
    EXPECT_EQ(reason(imap, "<C>CREATE ${mailbox}-a (USE ())</C>", disposal::keep), "");
    EXPECT_EQ(reason(pop3, "<C>DELE 1</C>", disposal::keep), why);
    EXPECT_EQ(reason(pop3, "<C>DELE 1</C>", disposal::disposable), "");
}

/// Some servers lock the account of who gives wrong passwords too often.
TEST(Demands, ALoginThatFailsIsForDisposableAccounts) {
    const auto s = scenario_of("<imap state=\"connected\"/><C>NOOP</C>", R"(tags="login failing-login")");
    auto against = plain_target();
    for (const auto inbox : {disposal::keep, disposal::disposable}) {
        against.accounts[0].inbox = inbox;
        EXPECT_EQ(why_unsupported(s, read_demands(s), against).value_or(""),
                  inbox == disposal::disposable
                      ? ""
                      : "it makes a login fail, and the server may lock out who does that, and "
                        "the account alice is not marked disposable=\"yes\"");
    }
}

/// Bounces go to the sender, and some providers put what was submitted into the Sent of who logged in.
TEST(Demands, WhoeverSendsIsTouchedToo) {
    constexpr std::string_view smtp = "<smtp state=\"greeted\"/>", rcpt = "<C>RCPT TO:${bob.path}</C>";
    EXPECT_THAT(of(smtp, "<C>MAIL FROM:${alice.path}</C>" + std::string(rcpt)).touched, ElementsAre("alice", "bob"));
    EXPECT_THAT(of(smtp, "<C>MAIL FROM:${alice.path}</C>").touched, IsEmpty());
    EXPECT_THAT(of(smtp, "<C>MAIL FROM:&lt;></C>" + std::string(rcpt)).touched, ElementsAre("bob"));
    EXPECT_THAT(of("<submission state=\"authenticated\"/>", rcpt).touched, ElementsAre("alice", "bob"));
    EXPECT_THAT(of("<submission state=\"authenticated\"/>", "<C>NOOP</C>").touched, IsEmpty());
}

TEST(Demands, MailToAStrangerIsNeverSent) {
    for (const std::string_view session :
         {"<smtp state=\"greeted\"/>", "<lmtp state=\"greeted\"/>", "<submission state=\"authenticated\"/>"})
        EXPECT_EQ(reason(session, "<C>RCPT TO:&lt;real@person.example></C><C>DATA</C>", disposal::disposable),
                  "it sends mail to an address that is no account of the target");
}

TEST(Demands, WhatIsComparedOctetForOctetMustBePutThereByImap) {
    constexpr std::string_view why =
        "it compares messages octet for octet, and the target has no IMAP endpoint to put them there unchanged";
    const auto reason_without_imap = [](std::string_view steps) {
        const auto s = scenario_of("<pop3><message>a</message></pop3>" + std::string(steps));
        auto against = plain_target();
        for (auto& a : against.accounts)
            a.inbox = disposal::disposable;
        EXPECT_EQ(why_unsupported(s, read_demands(s), against), std::nullopt) << steps;
        std::erase_if(against.endpoints, [](const auto& e) { return e.protocol == wire::protocol::imap; });
        return why_unsupported(s, read_demands(s), against).value_or("");
    };
    EXPECT_EQ(reason_without_imap("<C>STAT</C><S>+OK 1 ${_:number}</S>"), "");
    for (const std::string_view steps : {
             "<C>RETR 1</C><S>${message.1}</S>",
             "<C>LIST 1</C><S>+OK 1 ${pop3.message.1.size}</S>",
             "<C>STAT</C><S>+OK 1 ${n}</S><check>${n} = ${message.1.size}</check>",
             "<C>STAT</C><either><option><S>-ERR</S></option><option><S>+OK 1 ${message.1.size}</S></option></either>",
         })
        EXPECT_EQ(reason_without_imap(steps), why) << steps;
}

} // namespace
} // namespace mailspec::run::testing
