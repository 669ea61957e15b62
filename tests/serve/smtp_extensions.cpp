#include "harness/serve/smtp/session.hpp"
#include "harness/wire/sasl/base64.hpp"

#include "tests/serve/line_dialogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mailspec::serve {
namespace {

using testing::MatchesRegex;
using testing::StartsWith;
using wire::protocol;

class SmtpExtensions : public testing::Test {
protected:
    SmtpExtensions() : alice(mail.add_account("alice", "secret")) { mail.add_account("bob", "word"); }

    line_dialogue connect(protocol p = protocol::smtp) {
        return line_dialogue(std::make_unique<smtp::session>(mail, p, plain_options()));
    }

    store mail;
    account& alice;
};

TEST_F(SmtpExtensions, TakesAMessageInChunks) {
    auto d = connect();
    d.say("EHLO a");
    d.say("MAIL FROM:<>");
    d.say("RCPT TO:<alice@mailspec.test>");
    EXPECT_EQ(d.raw("BDAT 12\r\nSubject: x\r\n"), "250 2.0.0 chunk taken\r\n");
    EXPECT_THAT(d.say("DATA"), StartsWith("503 5.5.1 BDAT has begun"));
    EXPECT_THAT(d.raw("BDAT 9 last\r\n\r\n.\r\n..\r\nNOOP\r\n"),
                MatchesRegex("250 2\\.0\\.0 deliv[^\r]*\r\n250 [^\r]*\r\n"));
    EXPECT_TRUE(alice.inbox().messages().back().octets->ends_with("+0000\r\nSubject: x\r\n\r\n.\r\n..\r\n"));
    EXPECT_THAT(d.raw("BDAT 3 LAST\r\nabc"), StartsWith("503 5.5.1 say MAIL")) << "the octets are taken all the same";
    EXPECT_THAT(d.say("MAIL FROM:<>"), StartsWith("250 "));
    EXPECT_THAT(d.say("BDAT 0 LAST"), StartsWith("503 5.5.1 no valid recipients"));
    for (const auto* wrong : {"BDAT", "BDAT x", "BDAT 1 2", "BDAT -1", "BDAT 9999999999999999999"})
        EXPECT_THAT(d.say(wrong), StartsWith("501 5.5.4")) << wrong;
}

TEST_F(SmtpExtensions, AnswersTheLastChunkOnceForEachRecipientOfLmtp) {
    auto d = connect(protocol::lmtp);
    d.say("LHLO a");
    d.say("MAIL FROM:<>");
    EXPECT_EQ(d.raw("BDAT 1 LAST\r\nx"), "") << "no recipients, no replies";
    d.say("MAIL FROM:<>");
    d.say("RCPT TO:<alice@mailspec.test>");
    d.say("RCPT TO:<bob@mailspec.test>");
    EXPECT_EQ(d.raw("BDAT 1\r\nx"), "250 2.0.0 chunk taken\r\n");
    EXPECT_THAT(d.raw("BDAT 0 LAST\r\n"), MatchesRegex("250 [^\r]*\r\n250 [^\r]*\r\n"));
}

TEST_F(SmtpExtensions, ReadsTheDeclaredSizeAsANumberOfUpToTwentyDigits) {
    auto d = connect();
    d.say("EHLO a");
    for (const auto* size : {"0", "00000000000000000000", "00000000000012582912"}) {
        EXPECT_THAT(d.say(std::string("MAIL FROM:<> SIZE=") + size), StartsWith("250 ")) << size;
        d.say("RSET");
    }
    for (const auto* size : {"33554433", "18446744073709551616", "99999999999999999999"})
        EXPECT_THAT(d.say(std::string("MAIL FROM:<> SIZE=") + size), StartsWith("552 5.3.4")) << size;
    EXPECT_THAT(d.say("MAIL FROM:<> SIZE=000000000000000000001"), StartsWith("501 "));
}

TEST_F(SmtpExtensions, TakesAnEqualsSignForAnEmptyResponse) {
    auto d = connect();
    d.say("EHLO a");
    EXPECT_THAT(d.say("AUTH PLAIN ="), StartsWith("535 5.7.8"));
    EXPECT_EQ(d.say("AUTH PLAIN"), "334 \r\n");
    EXPECT_THAT(d.say(wire::sasl::base64_encode(std::string("\0alice\0secret", 13))), StartsWith("235 2.7.0"));
}

} // namespace
} // namespace mailspec::serve
