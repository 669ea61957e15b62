#include "harness/observe/smtp_session.hpp"

#include "tests/observe/smtp_talk.hpp"

#include <gtest/gtest.h>

namespace mailspec::observe {
namespace {

using ids = std::set<std::string>;

constexpr std::string_view hello = R"(S: 220 mx.example ready
    C: EHLO c.example
    S: 250-mx.example
    S: 250-PIPELINING
    S: 250-SIZE 1000000
    S: 250-8BITMIME
    S: 250-STARTTLS
    S: 250-AUTH PLAIN
    S: 250 SMTPUTF8
    )";

ids found(std::string_view after_hello) { return smtp_talk()(std::string(hello).append(after_hello)); }

ids found_in_lmtp(std::string_view after_greeting) {
    return smtp_talk(smtp_session::kind::lmtp)(std::string("S: 220 mx.example ready\n").append(after_greeting));
}

TEST(SmtpSession, IsQuietInALegalDialogue) {
    EXPECT_EQ(found(R"(C: NOOP
        S: 250-as
        S: 250 you wish
        C: MAIL FROM:<a@example.org> SIZE=100 BODY=8BITMIME
        S: 250 ok
        C: RCPT TO:<b@example.org>
        S: 251 forwarded
        C: DATA
        S: 354 go ahead
        D:
        S: 250 queued
        C: XYZZY
        S: 500 what
        C: VRFY b
        S: 252 perhaps
        C: QUIT
        S: 221 bye)"),
              ids());
}

TEST(SmtpSession, IsQuietInAnAuthExchange) {
    const auto exchange = R"(C: AUTH LOGIN
        S: 334 VXNlcm5hbWU6
        C: RCPT TO:<looks@like.a.command>
        S: 334 UGFzc3dvcmQ6
        C: c2VjcmV0
        S: 235 welcome
        C: MAIL FROM:<>
        S: 250 ok
        )";
    EXPECT_EQ(found(exchange), ids());
    EXPECT_EQ(found("C: AUTH PLAIN\nC: AGEAYg==\nC: NOOP\nS: 334\nS: 235 ok\nS: 250 ok"), ids()) << "in one write";
    EXPECT_EQ(found("C: AUTH PLAIN\nS: 334 \nC: *\nS: 501 cancelled\nC: NOOP\nS: 250 ok"), ids());
}

TEST(SmtpSession, IsQuietInAPipelinedGroup) {
    EXPECT_EQ(found(R"(C: MAIL FROM:<a@example.org>
        C: RCPT TO:<b@example.org>
        C: RCPT TO:<c@example.org>
        C: DATA
        S: 250 ok
        L: 250 ok
        S: 250 ok
        S: 550 no
        S: 354 go ahead
        D:
        S: 451 later)"),
              ids());
}

TEST(SmtpSession, SeesAReplyToNothing) {
    EXPECT_EQ(found("C: NOOP\nS: 250 ok\nL: 250 ok"), ids{"smtp.one-reply"});
    EXPECT_EQ(smtp_talk()("S: 220 mx.example\nL: 2"), ids{"smtp.one-reply"});
    EXPECT_EQ(found("C: QUIT\nS: 221 bye\nL: 250 more"), ids{"smtp.one-reply"});
    EXPECT_EQ(found("C: NOOP\nS: 250 ok\nL: 421 shutting down"), ids()) << "421 may come at any time";
    EXPECT_EQ(found("C: NOOP\nS: 250 ok\nL: 4"), ids()) << "421 in pieces";
}

TEST(SmtpSession, SaysNothingMoreOnceItCannotTell) {
    EXPECT_EQ(found("X: RCPT TO:<a>\rDATA\nS: 250 ok\nL: 354 go"), ids());
    EXPECT_EQ(found("C: XEXCH50 2 2\nS: 354 send binary\nC: NOOP\nS: 354 what\nL: 250"), ids());
    EXPECT_EQ(found("C: NOOP\nS: 421 closing\nC: RCPT TO:<a@b>\nS: 250 ok"), ids());
    EXPECT_EQ(found("C: BDAT 3 LAST\nS: 250 ok\nL: 500"), ids());
    EXPECT_EQ(found("X: NOOP\nS: 250 ok\nL: 250 ok"), ids{"smtp.one-reply"}) << "one whole line is a command";
}

TEST(SmtpSession, Sees354WhereNoDataWas) {
    EXPECT_EQ(found("C: NOOP\nS: 354 go ahead"), ids{"smtp.data.only-354"});
    EXPECT_EQ(found("C: RCPT TO:<a@b>\nS: 354 go ahead"), ids{"smtp.data.only-354"});
}

TEST(SmtpSession, SeesRepliesOutOfOrder) {
    EXPECT_EQ(found("C: MAIL FROM:<>\nC: RCPT TO:<a@b>\nC: DATA\nS: 250 ok\nS: 354 go ahead"), ids{"smtp.pipelining"});
}

TEST(SmtpSession, SeesParametersRefusedThatWereAnnounced) {
    const ids broken{"smtp.announced-parameters"};
    EXPECT_EQ(found("C: MAIL FROM:<a@b> SIZE=100\nS: 555 what"), broken);
    EXPECT_EQ(found("C: MAIL FROM:<a@b> BODY=8BITMIME SIZE=100\nS: 504 what"), broken);
    EXPECT_EQ(found("C: mail from:<> body=7bit\nS: 501 5.5.4 what"), broken);
    EXPECT_EQ(found("C: MAIL FROM:<> AUTH=<>\nS: 555 5.5.4 what"), broken);
    EXPECT_EQ(found("C: MAIL FROM:<\xc3\xa9@b> SMTPUTF8\nS: 555 what"), broken);
    const auto dsn = std::string("S: 220 mx\nC: EHLO c\nS: 250-mx\nS: 250 DSN\nC: MAIL FROM:<>\nS: 250 ok\n");
    EXPECT_EQ(smtp_talk()(dsn + "C: RCPT TO:<a@b> NOTIFY=NEVER\nS: 555 what"), broken);
    EXPECT_EQ(smtp_talk()(dsn + "C: RCPT TO:<a@b> NOTIFY=SOMETIMES\nS: 555 what"), ids());
    EXPECT_EQ(smtp_talk()(dsn + "C: RCPT TO:<a@b> NOTIFY=NEVER\nS: 501 the address?"), ids());
    EXPECT_EQ(found("C: MAIL FROM:<a@b> SIZE=100\nS: 501 5.5.4 the address?"), ids());
    EXPECT_EQ(found("C: MAIL FROM:<a@b> SIZE=100\nS: 552 too large"), ids());
    EXPECT_EQ(found("C: MAIL FROM:<a@b> SIZE=100\nS: 555 5.1.7 the address"), ids());
    EXPECT_EQ(found("C: MAIL FROM:<a@b> SIZE=x\nS: 555 what"), ids()) << "not well-formed";
    EXPECT_EQ(found("C: MAIL FROM:<a@b> SIZE=1 SIZE=1\nS: 555 what"), ids()) << "twice";
    EXPECT_EQ(found("C: MAIL FROM:<a@b> RET=HDRS\nS: 555 what"), ids()) << "not announced";
    EXPECT_EQ(found("C: MAIL FROM:<a@b> SIZE=1 X=1\nS: 555 what"), ids()) << "not known";
    EXPECT_EQ(found("C: HELO c\nS: 250 mx\nC: MAIL FROM:<a@b> SIZE=1\nS: 555 what"), ids()) << "HELO announces none";
}

TEST(SmtpSession, SeesRcptWithoutMail) {
    const auto mail = "C: MAIL FROM:<>\nS: 250 ok\nC: RCPT TO:<a@b>\nS: 250 ok\n";
    EXPECT_EQ(found("C: RCPT TO:<a@b>\nS: 250 ok"), ids{"smtp.rcpt.needs-mail"});
    EXPECT_EQ(found("C: RCPT TO:<a@b>\nS: 503 no"), ids());
    EXPECT_EQ(found("C: SEND FROM:<>\nS: 250 ok\nC: RCPT TO:<a@b>\nS: 250 ok"), ids()) << "RFC 5321 section 4.1.4";
    EXPECT_EQ(found("C: MAIL FROM:<>\nS: 452 full\nC: RCPT TO:<a@b>\nS: 250 ok"), ids()) << "that is open to doubt";
    EXPECT_EQ(found(std::string(mail) + "C: RSET\nS: 250 ok\nC: RCPT TO:<a@b>\nS: 250 ok"), ids{"smtp.rset.clears"});
    EXPECT_EQ(found(std::string(mail) + "C: DATA\nS: 354 go\nD:\nS: 250 ok\nC: RCPT TO:<a@b>\nS: 250 ok"),
              ids{"smtp.rcpt.needs-mail"});
    EXPECT_EQ(found(std::string(mail) + "C: MAIL FROM:<>\nS: 503 one is open\nC: RCPT TO:<a@b>\nS: 250 ok"), ids());
    EXPECT_EQ(found(std::string(mail) + "C: DATA\nS: 451 later\nC: RCPT TO:<a@b>\nS: 250 ok"), ids());
}

TEST(SmtpSession, SeesWhatIsRememberedAcrossStarttls) {
    const ids broken{"smtp.starttls.forgets"};
    const auto tls = "C: STARTTLS\nS: 220 go\nTLS\nC: EHLO c\nS: 250-mx\nS: 250 AUTH PLAIN\n";
    EXPECT_EQ(found("C: MAIL FROM:<>\nS: 250 ok\n" + std::string(tls) + "C: RCPT TO:<a@b>\nS: 250 ok"), broken);
    EXPECT_EQ(found("C: AUTH PLAIN eA==\nS: 235 ok\n" + std::string(tls) + "C: AUTH PLAIN eA==\nS: 503 again?"),
              broken);
    EXPECT_EQ(found(std::string(tls) + "C: MAIL FROM:<>\nS: 250 ok\nC: RCPT TO:<a@b>\nS: 250 ok"), ids());
    EXPECT_EQ(found(std::string(tls) + "C: AUTH PLAIN eA==\nS: 235 ok\nC: AUTH PLAIN eA==\nS: 503 again?"), ids());
    EXPECT_EQ(found("C: AUTH PLAIN eA==\nS: 235 ok\n" + std::string(tls) +
                    "C: MAIL FROM:<>\nS: 250 ok\nC: AUTH PLAIN eA==\nS: 503 not now"),
              ids());
    EXPECT_EQ(found(std::string(tls) + "C: MAIL FROM:<a@b> SIZE=1\nS: 555 what"), ids()) << "announced before TLS only";
    EXPECT_EQ(found("C: STARTTLS\nS: 220 go\nTLS\nC: EHLO c\nS: 250-mx\nS: 250 STARTTLS"),
              ids{"smtp.starttls.not-again"});
}

TEST(SmtpSession, SeesRepliesWithoutTheEnhancedCodeThatIsAnnounced) {
    const auto ehlo = std::string("S: 220 mx\nC: EHLO c\nS: 250-mx\nS: 250 ENHANCEDSTATUSCODES\n");
    EXPECT_EQ(smtp_talk()(ehlo + "C: NOOP\nS: 250 ok"), ids{"smtp.enhanced-codes"});
    EXPECT_EQ(smtp_talk()(ehlo + "C: NOOP\nS: 250 2.0.0 ok"), ids());
    EXPECT_EQ(smtp_talk()(ehlo + "C: DATA\nS: 354 go\nD:\nS: 550 5.7.1 no"), ids());
    EXPECT_EQ(smtp_talk()(ehlo + "C: EHLO c\nS: 550 no\nC: HELO c\nS: 250 mx"), ids());
    EXPECT_EQ(smtp_talk()(ehlo + "C: HELO c\nS: 250 mx\nC: NOOP\nS: 250 ok"), ids()) << "HELO negotiates none";
    EXPECT_EQ(smtp_talk()(ehlo + "C: HELO c\nS: 250 mx\nC: EHLO c\nS: 250-mx\nS: 250 ENHANCEDSTATUSCODES\n"
                                 "C: NOOP\nS: 250 ok"),
              ids{"smtp.enhanced-codes"});
}

TEST(SmtpSession, SeesEnhancedCodesThatAreNone) {
    const auto answered = [](const std::string& reply) {
        return smtp_talk()("S: 220 mx\nC: EHLO c\nS: 250-mx\nS: 250 ENHANCEDSTATUSCODES\nC: NOOP\nS: 250 " + reply);
    };
    EXPECT_EQ(answered("2.8.0 ok"), ids{"smtp.enhanced-codes.registered"});
    const auto refused = [](const std::string& reply) {
        return smtp_talk()("S: 220 mx\nC: EHLO c\nS: 250-mx\nS: 250 ENHANCEDSTATUSCODES\nC: RCPT TO:<a@b>\nS: " +
                           reply);
    };
    EXPECT_EQ(refused("552 5.2.2 full"), ids{"smtp.enhanced-codes.mailbox-full"});
    EXPECT_EQ(refused("452 4.2.3 long"), ids{"smtp.enhanced-codes.mailbox-limit"});
    for (const auto* right : {"452 4.2.2 full", "552 5.2.3 long", "552 5.3.4 long"})
        EXPECT_EQ(refused(right), ids()) << right;
    for (const auto* right : {"2.0.0 ok", "2.7.200 ok", "2.0.0"})
        EXPECT_EQ(answered(right), ids()) << right;
    for (const auto* wrong : {"2.0.0000 ok", "2.0. ok", "2.0.0.0 ok", "22.0.0 ok"})
        EXPECT_EQ(answered(wrong), ids{"smtp.enhanced-codes.syntax"}) << wrong;
    for (const auto* wrong : {"2.00.0 ok", "2.0.01 ok"})
        EXPECT_EQ(answered(wrong), ids{"smtp.enhanced-codes.leading-zeros"}) << wrong;
    for (const auto* none : {"ok", "2.0 ok", "v2.0.0 ok"})
        EXPECT_EQ(answered(none), ids{"smtp.enhanced-codes"}) << none;
}

TEST(SmtpSession, HoldsEnhancedCodesAgainstTheReplyWhereTheyAreAnnounced) {
    const auto came = [](const std::string& announced, const std::string& reply) {
        return smtp_talk()("S: 220 mx\nC: EHLO c\nS: 250-mx\nS: 250 " + announced + "\nC: RCPT TO:<a@b>\nS: " + reply);
    };
    for (const auto* wrong : {"550 2.1.0 no", "450 5.1.0 later", "550 3.1.0 no"}) {
        EXPECT_EQ(came("ENHANCEDSTATUSCODES", wrong), ids{"smtp.syntax.enhanced-class"}) << wrong;
        EXPECT_EQ(came("SIZE", wrong), ids()) << wrong;
    }
    EXPECT_EQ(came("ENHANCEDSTATUSCODES", "550-5.7.1 a\nS: 550 b"), ids{"smtp.syntax.enhanced-every-line"});
    EXPECT_EQ(came("SIZE", "550-5.7.1 a\nS: 550 b"), ids());
    EXPECT_EQ(came("ENHANCEDSTATUSCODES", "550-5.7.1 a\nS: 550 5.7.1 b"), ids());
}

TEST(SmtpSession, CountsTheRepliesOfLmtp) {
    const auto two = std::string(R"(C: LHLO c
        S: 250 mx
        C: MAIL FROM:<>
        S: 250 ok
        C: RCPT TO:<a>
        S: 250 ok
        C: RCPT TO:<b>
        S: 550 no
        C: RCPT TO:<c>
        S: 250 ok
        C: DATA
        S: 354 go
        D:
        S: 250 first
        L: 250 second
        S: 452 second
        )");
    EXPECT_EQ(found_in_lmtp(two + "C: QUIT\nS: 221 bye"), ids());
    EXPECT_EQ(found_in_lmtp(two + "L: 250 third"), ids{"smtp.one-reply"});
}

} // namespace
} // namespace mailspec::observe
