#include "harness/serve/pop3/session.hpp"
#include "harness/serve/provider.hpp"
#include "harness/serve/smtp/session.hpp"

#include "tests/serve/imap_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mailspec::serve {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

imap_world world_of(std::string_view name) {
    imap_world w;
    w.options.plays = provider::find(name);
    return w;
}

template <typename Session, typename... More>
line_dialogue line_session_of(std::string_view name, store& mail, More... more) {
    auto o = plain_options();
    o.plays = provider::find(name);
    return line_dialogue(std::make_unique<Session>(mail, more..., o));
}

TEST(Players, AreInOrderAndFoundByName) {
    EXPECT_TRUE(std::ranges::is_sorted(provider::all(), {}, &provider::name));
    for (const auto& each : provider::all())
        EXPECT_EQ(provider::find(each.name), &each);
    EXPECT_EQ(provider::find("nobody"), nullptr);
}

TEST(Netease, WantsToKnowWhoItIsBeforeItOpensAMailbox) {
    auto w = world_of("163");
    auto c = w.connect();
    EXPECT_THAT(c.greeting(), StartsWith("* OK Coremail System IMap Server Ready(163com["));
    EXPECT_THAT(c.say("a ID (\"name\" \"x\")"), HasSubstr("a OK"));
    c.say("b LOGIN alice alice-secret");
    EXPECT_EQ(c.say("c SELECT INBOX"), "c NO SELECT Unsafe Login. Please contact kefu@188.com for help\r\n");
    EXPECT_EQ(c.say("d EXAMINE INBOX"), "d NO EXAMINE Unsafe Login. Please contact kefu@188.com for help\r\n");
    EXPECT_THAT(c.say("e ID NIL"), HasSubstr("e OK"));
    EXPECT_THAT(c.say("f SELECT INBOX"), StartsWith("f NO"));
    EXPECT_THAT(c.say("g ID (\"name\" \"x\")"), HasSubstr("g OK"));
    EXPECT_THAT(c.say("h SELECT INBOX"), HasSubstr("h OK"));
}

TEST(Netease, AnnouncesWhatItWasSeenToAnnounceAndTakesNoMore) {
    auto w = world_of("163");
    auto c = w.connect();
    EXPECT_THAT(c.say("a CAPABILITY"),
                StartsWith("* CAPABILITY IMAP4rev1 LITERAL+ STARTTLS ID UIDPLUS SPECIAL-USE\r\n"));
    c.say("b LOGIN alice alice-secret");
    EXPECT_THAT(c.say("c IDLE"), StartsWith("c BAD"));
    EXPECT_THAT(c.say("d NAMESPACE"), StartsWith("d BAD"));
}

TEST(Netease, NamesItsFoldersInModifiedUtf7) {
    store mail;
    mail.add_account("alice", "alice-secret", provider::find("163")->folders);
    session_options o = plain_options();
    line_dialogue c(std::make_unique<imap_session>(mail, o));
    c.say("a LOGIN alice alice-secret");
    const auto all = c.say("b LIST \"\" *");
    EXPECT_THAT(all, HasSubstr("\\Sent) \"/\" \"&XfJT0ZAB-\"\r\n"));
    EXPECT_THAT(all, HasSubstr("\"&i6KWBZCuTvY-\"\r\n"));
    EXPECT_THAT(all, Not(HasSubstr("\"Trash\"")));
}

TEST(Netease, SaysAuthTwiceInItsEhlo) {
    imap_world w;
    auto c = line_session_of<smtp::session>("163", w.mail, wire::protocol::submission);
    EXPECT_THAT(c.greeting(), StartsWith("220 163.com Anti-spam GT for Coremail System"));
    EXPECT_THAT(c.say("EHLO a.example"), HasSubstr("250-AUTH PLAIN LOGIN\r\n250-AUTH=PLAIN LOGIN\r\n"));
    EXPECT_THAT(c.say("AUTH CRAM-MD5"), StartsWith("535 Error: authentication failed"));
}

TEST(Outlook, TakesTokensOnly) {
    auto w = world_of("outlook");
    auto c = w.connect();
    EXPECT_EQ(c.say("a LOGIN alice alice-secret"), "a NO LOGIN failed.\r\n");
    EXPECT_THAT(c.say("b AUTHENTICATE PLAIN AGFsaWNlAGFsaWNlLXNlY3JldA=="), StartsWith("b NO"));
    EXPECT_THAT(c.say("c AUTHENTICATE XOAUTH2 dXNlcj1hbGljZQFhdXRoPUJlYXJlciBhbGljZS10b2tlbgEB"), StartsWith("c OK"));
    auto s = line_session_of<smtp::session>("outlook", w.mail, wire::protocol::submission);
    s.say("EHLO a.example");
    EXPECT_THAT(s.say("AUTH LOGIN"), StartsWith("334 "));
    EXPECT_THAT(s.say("YWxpY2U="), StartsWith("334 "));
    EXPECT_THAT(s.say("YWxpY2Utc2VjcmV0"), StartsWith("535 5.7.139 Authentication unsuccessful, basic authentication"));
}

TEST(Outlook, TakesATokenByPop3InTwoLines) {
    imap_world w;
    const std::string token = "dXNlcj1hbGljZQFhdXRoPUJlYXJlciBhbGljZS10b2tlbgEB";
    auto c = line_session_of<pop3::session>("outlook", w.mail);
    EXPECT_THAT(c.say("CAPA"), HasSubstr("SASL PLAIN XOAUTH2\r\n"));
    EXPECT_EQ(c.say("AUTH XOAUTH2 " + token), "-ERR Protocol error. Connection is closed. 10\r\n");
    EXPECT_TRUE(c.is_closed());
    auto again = line_session_of<pop3::session>("outlook", w.mail);
    EXPECT_THAT(again.say("AUTH XOAUTH2"), StartsWith("+"));
    EXPECT_THAT(again.say(token), StartsWith("+OK"));
    auto third = line_session_of<pop3::session>("outlook", w.mail);
    third.say("USER alice");
    EXPECT_EQ(third.say("PASS alice-secret"), "-ERR Logon failure: unknown user name or bad password.\r\n");
}

TEST(Icloud, AnswersRfc822WithoutIt) {
    auto w = world_of("icloud");
    w.deliver(plain_message, {"\\Seen"});
    auto c = w.connect();
    EXPECT_THAT(c.greeting(), StartsWith("* OK [CAPABILITY IMAP4rev1 "));
    EXPECT_THAT(c.greeting(), HasSubstr("] iSCREAM ready to rumble\r\n"));
    c.say("a LOGIN alice alice-secret");
    c.say("b SELECT INBOX");
    EXPECT_EQ(c.say("c FETCH 1 RFC822"), "* 1 FETCH ()\r\nc OK fetched\r\n");
    EXPECT_THAT(c.say("d FETCH 1 BODY[]"), HasSubstr("BODY[] {"));
}

TEST(Gmail, SaysItsCapabilitiesBeforeTheLoginIsAnswered) {
    auto w = world_of("gmail");
    auto c = w.connect();
    EXPECT_THAT(c.say("a LOGIN alice wrong"), StartsWith("a NO [ALERT] Application-specific password required"));
    const auto answer = c.say("b LOGIN alice alice-secret");
    EXPECT_THAT(answer, StartsWith("* CAPABILITY IMAP4rev1 "));
    EXPECT_THAT(answer, HasSubstr("\r\nb OK Success\r\n"));
}

TEST(Everybody, TakesTheRightSecretAndRefusesAWrongOneInItsWords) {
    for (const auto& each : provider::all()) {
        auto w = world_of(each.name);
        auto c = w.connect();
        const auto refused = c.say("a LOGIN alice wrong");
        EXPECT_THAT(refused, StartsWith("a NO ")) << each.name;
        EXPECT_THAT(refused, HasSubstr(std::string(each.imap.refusal))) << each.name;
        const auto taken = each.has(provider::only_tokens)
                               ? c.say("b AUTHENTICATE XOAUTH2 dXNlcj1hbGljZQFhdXRoPUJlYXJlciBhbGljZS10b2tlbgEB")
                               : c.say("b LOGIN alice alice-secret");
        EXPECT_THAT(taken, HasSubstr("b OK")) << each.name;
    }
}

} // namespace
} // namespace mailspec::serve
