#include "tests/serve/imap_client.hpp"

#include <gmock/gmock.h>

namespace mailspec::serve {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(ImapSession, GreetsWithItsCapabilities) {
    imap_world world;
    EXPECT_THAT(world.connect().greeting(), StartsWith("* OK [CAPABILITY IMAP4rev1 "));
}

TEST(ImapSession, AnnouncesMechanismsBeforeLoginOnly) {
    imap_world world;
    auto c = world.connect();
    EXPECT_THAT(c.say("a CAPABILITY"), HasSubstr(" AUTH=PLAIN"));
    auto welcome = c.say("b LOGIN alice alice-secret");
    EXPECT_THAT(welcome, StartsWith("b OK [CAPABILITY IMAP4rev1 "));
    EXPECT_THAT(welcome, Not(HasSubstr("AUTH=")));
    EXPECT_THAT(c.say("c CAPABILITY"), Not(HasSubstr("STARTTLS")));
}

TEST(ImapSession, NeverForbidsLoginOnLoopback) {
    imap_world world;
    EXPECT_THAT(world.connect().greeting(), Not(HasSubstr("LOGINDISABLED")));
}

TEST(ImapSession, StartsTlsOnceAndForgetsWhatCameBefore) {
    imap_world world;
    auto c = world.connect();
    EXPECT_THAT(c.greeting(), HasSubstr(" STARTTLS"));
    EXPECT_EQ(c.raw("a STARTTLS\r\nb LOGIN alice alice-secret\r\n"), "a OK begin TLS\r\n");
    EXPECT_TRUE(c.wants_tls());
    c.tls_started();
    EXPECT_EQ(c.say("c SELECT INBOX"), "c BAD [CLIENTBUG] not in this state\r\n");
    EXPECT_THAT(c.say("d CAPABILITY"), Not(HasSubstr("STARTTLS")));
    EXPECT_THAT(c.say("e STARTTLS"), StartsWith("e BAD "));
}

TEST(ImapSession, RefusesStarttlsWhereThereIsNone) {
    imap_world world;
    world.options.starttls = session_options::tls::unavailable;
    auto c = world.connect();
    EXPECT_THAT(c.greeting(), Not(HasSubstr("STARTTLS")));
    EXPECT_THAT(c.say("a STARTTLS"), StartsWith("a BAD "));
    EXPECT_FALSE(c.wants_tls());
}

TEST(ImapSession, RefusesAWrongPasswordAndAnUnknownUserAlike) {
    imap_world world;
    auto c = world.connect();
    EXPECT_THAT(c.say("a LOGIN alice wrong"), StartsWith("a NO [AUTHENTICATIONFAILED]"));
    EXPECT_THAT(c.say("b LOGIN nobody wrong"), StartsWith("b NO [AUTHENTICATIONFAILED]"));
    EXPECT_THAT(c.say("c LOGIN alice@mailspec.test \"alice-secret\""), StartsWith("c OK "));
}

TEST(ImapSession, TakesLoginAsLiterals) {
    imap_world world;
    auto c = world.connect();
    EXPECT_EQ(c.say("a LOGIN {5}"), "+ go ahead\r\n");
    EXPECT_EQ(c.say("alice {12+}"), "");
    EXPECT_THAT(c.say("alice-secret"), StartsWith("a OK "));
}

TEST(ImapSession, AuthenticatesWithAndWithoutInitialResponse) {
    imap_world world;
    auto with = world.connect();
    EXPECT_THAT(with.say("a AUTHENTICATE PLAIN AGFsaWNlAGFsaWNlLXNlY3JldA=="), StartsWith("a OK [CAPABILITY "));
    auto without = world.connect();
    EXPECT_EQ(without.say("a AUTHENTICATE PLAIN"), "+ \r\n");
    EXPECT_THAT(without.say("AGFsaWNlAGFsaWNlLXNlY3JldA=="), StartsWith("a OK [CAPABILITY "));
}

TEST(ImapSession, AuthenticatesByPrompts) {
    imap_world world;
    auto c = world.connect();
    EXPECT_EQ(c.say("a authenticate login"), "+ VXNlcm5hbWU6\r\n");
    EXPECT_EQ(c.say("YWxpY2U="), "+ UGFzc3dvcmQ6\r\n");
    EXPECT_THAT(c.say("YWxpY2Utc2VjcmV0"), StartsWith("a OK "));
}

TEST(ImapSession, AuthenticationCanFailInEachWay) {
    imap_world world;
    auto c = world.connect();
    c.say("a AUTHENTICATE PLAIN");
    EXPECT_THAT(c.say("AGFsaWNlAHdyb25n"), StartsWith("a NO [AUTHENTICATIONFAILED]"));
    c.say("b AUTHENTICATE PLAIN");
    EXPECT_THAT(c.say("*"), StartsWith("b BAD "));
    c.say("c AUTHENTICATE PLAIN");
    EXPECT_THAT(c.say("no base64!"), StartsWith("c BAD "));
    EXPECT_THAT(c.say("d AUTHENTICATE MAGIC"), StartsWith("d NO "));
    EXPECT_THAT(c.say("e AUTHENTICATE PLAIN "), StartsWith("e BAD "));
    EXPECT_THAT(c.say("f NOOP"), StartsWith("f OK "));
}

TEST(ImapSession, SaysByeBeforeTheLogoutIsDone) {
    imap_world world;
    auto c = world.connect();
    EXPECT_EQ(c.say("a LOGOUT"), "* BYE mailspec is closing the connection\r\na OK logged out\r\n");
    EXPECT_TRUE(c.is_closed());
    EXPECT_EQ(c.say("b NOOP"), "");
}

TEST(ImapSession, AnswersIdInEveryState) {
    imap_world world;
    auto c = world.connect();
    EXPECT_THAT(c.say("a ID NIL"), StartsWith("* ID (\"name\" \"mailspec\""));
    EXPECT_THAT(c.say("b ID (\"name\" \"test\" \"version\" NIL)"), HasSubstr("b OK "));
    EXPECT_THAT(c.say("c ID"), StartsWith("c BAD "));
    EXPECT_THAT(c.say("d ID (\"name\")"), StartsWith("d BAD "));
    EXPECT_THAT(c.say("e ID ()"), HasSubstr("e OK "));
}

TEST(ImapSession, AnswersBadWithTheTagWhereThereIsOne) {
    imap_world world;
    auto c = world.connect();
    EXPECT_THAT(c.say("a FROBNICATE"), StartsWith("a BAD "));
    EXPECT_THAT(c.say("b"), StartsWith("b BAD "));
    EXPECT_THAT(c.say("c "), StartsWith("c BAD "));
    EXPECT_THAT(c.say(""), StartsWith("* BAD "));
    EXPECT_THAT(c.say("* NOOP"), StartsWith("* BAD "));
    EXPECT_THAT(c.say("+ NOOP"), StartsWith("* BAD "));
    EXPECT_THAT(c.say("d NOOP "), StartsWith("d BAD "));
    EXPECT_THAT(c.say("e  NOOP"), StartsWith("e BAD "));
    EXPECT_THAT(c.say("f NOOP"), StartsWith("f OK "));
}

TEST(ImapSession, HoldsEachCommandToItsState) {
    imap_world world;
    auto c = world.connect();
    EXPECT_THAT(c.say("a LIST \"\" *"), StartsWith("a BAD "));
    EXPECT_THAT(c.say("b FETCH 1 FLAGS"), StartsWith("b BAD "));
    c.say("t LOGIN alice alice-secret");
    EXPECT_THAT(c.say("c LOGIN alice alice-secret"), StartsWith("c BAD "));
    EXPECT_THAT(c.say("d CLOSE"), StartsWith("d BAD "));
    EXPECT_THAT(c.say("e CHECK"), StartsWith("e BAD "));
    c.say("t SELECT INBOX");
    EXPECT_THAT(c.say("f CHECK"), StartsWith("f OK "));
}

TEST(ImapSession, GoesOnAfterABadCommandWithALiteral) {
    imap_world world;
    auto c = world.connect();
    EXPECT_EQ(c.say("a FROBNICATE {3}"), "+ go ahead\r\n");
    EXPECT_THAT(c.say("abc"), StartsWith("a BAD "));
    EXPECT_THAT(c.raw("b FROBNICATE {3+}\r\nabc\r\nc NOOP\r\n"), HasSubstr("c OK "));
}

TEST(ImapSession, RefusesALiteralTooLargeBeforeItComes) {
    imap_world world;
    auto c = world.connect();
    EXPECT_THAT(c.say("a LOGIN {4294967295}"), StartsWith("a NO [TOOBIG]"));
    EXPECT_THAT(c.say("b LOGIN {4294967296}"), StartsWith("b BAD "));
    EXPECT_THAT(c.say("c NOOP"), StartsWith("c OK "));
}

TEST(ImapSession, PassesOverALiteralTooLargeThatDoesNotWait) {
    imap_world world;
    auto c = world.connect();
    EXPECT_EQ(c.say("a LOGIN {100000+}"), "");
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(c.raw(std::string(10000, 'x')), "");
    EXPECT_THAT(c.raw(" secret\r\nb NOOP\r\n"), testing::MatchesRegex("a NO \\[TOOBIG\\].*\r\nb OK .*\r\n"));
}

TEST(ImapSession, ClosesWhereALineDoesNotEnd) {
    imap_world world;
    auto c = world.connect();
    std::string answer;
    for (int i = 0; i < 20 && answer.empty(); ++i)
        answer = c.raw(std::string(8192, 'x'));
    EXPECT_THAT(answer, HasSubstr("* BYE "));
    EXPECT_TRUE(c.is_closed());
}

TEST(ImapSession, HoldsCommandsBackWhileOutputWaits) {
    imap_world world;
    world.deliver(std::string(600'000, 'x'));
    imap_session s(world.mail, world.options);
    s.receive("a LOGIN alice alice-secret\r\nb SELECT INBOX\r\nc FETCH 1 BODY[]\r\nd FETCH 1 BODY[]\r\ne NOOP\r\n");
    EXPECT_EQ(s.next(), session::action::resume);
    EXPECT_THAT(s.take_output(), Not(HasSubstr("e OK")));
    s.receive({});
    EXPECT_EQ(s.next(), session::action::read);
    EXPECT_THAT(s.take_output(), HasSubstr("e OK"));
}

TEST(ImapSession, AnswersEnableAndNamespace) {
    imap_world world;
    auto c = world.log_in();
    EXPECT_EQ(c.say("a ENABLE X-UNKNOWN CONDSTORE"), "* ENABLED\r\na OK enabled what can be\r\n");
    EXPECT_THAT(c.say("b ENABLE"), StartsWith("b BAD "));
    EXPECT_EQ(c.say("c NAMESPACE"), "* NAMESPACE ((\"\" \"/\")) ((\"user/\" \"/\")) NIL\r\nc OK the namespaces\r\n");
}

} // namespace
} // namespace mailspec::serve
