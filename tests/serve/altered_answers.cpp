#include "harness/rfc/catalogue.hpp"
#include "harness/serve/altered_answer.hpp"
#include "harness/serve/imap/session.hpp"
#include "harness/serve/pop3/session.hpp"
#include "harness/serve/smtp/session.hpp"

#include "tests/serve/imap_client.hpp"
#include "tests/serve/line_dialogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mailspec::serve {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using wire::protocol;
namespace req = rfc::req;

const rfc::requirement &one = req::pop3_noop, &other = req::pop3_stat;
const mischief breaks_one({"pop3.noop"});

std::string alter(std::vector<altered_answer> table, std::string_view command, std::string_view answer,
                  std::string_view tag = {}) {
    return answer_alterer(table, breaks_one, protocol::smtp).alter(command, answer, tag);
}

TEST(AnAlteredAnswer, IsSaidInPlaceOfTheRightOne) {
    EXPECT_EQ(alter({{&one, "NOOP", "250 ok", "500 no"}}, "NOOP", "250 ok\r\n"), "500 no\r\n");
    EXPECT_EQ(alter({{&one, "NOOP", "250 ok", "500 no"}}, "noop", "250 ok\r\n"), "500 no\r\n");
}

TEST(AnAlteredAnswer, LeavesOtherCommandsOtherLinesAndOtherRequirementsAlone) {
    EXPECT_EQ(alter({{&one, "NOOP", "250 ok", "500 no"}}, "RSET", "250 ok\r\n"), "250 ok\r\n");
    EXPECT_EQ(alter({{&one, "NOOP", "250 ok", "500 no"}}, "NOOP x", "250 ok\r\n"), "250 ok\r\n");
    EXPECT_EQ(alter({{&one, "NOOP", "250 ok", "500 no"}}, "NOOP", "250 OK\r\n"), "250 OK\r\n");
    EXPECT_EQ(alter({{&other, "NOOP", "250 ok", "500 no"}}, "NOOP", "250 ok\r\n"), "250 ok\r\n");
    EXPECT_EQ(alter({{&one, "NOOP", "250 ok", "500 no", protocol::lmtp}}, "NOOP", "250 ok\r\n"), "250 ok\r\n");
    EXPECT_EQ(alter({{&one, "NOOP", "250 ok", "500 no", protocol::smtp}}, "NOOP", "250 ok\r\n"), "500 no\r\n");
}

TEST(AnAlteredAnswer, KeepsWhatTheDotsStandFor) {
    EXPECT_EQ(alter({{&one, "...", "250 ...", "251 ..."}}, "NOOP", "250 all of it\r\n"), "251 all of it\r\n");
    EXPECT_EQ(alter({{&one, "RCPT...", "250 ... ok", "250 ..."}}, "RCPT TO:<a>", "250 ok a ok\r\n"), "250 ok a\r\n");
    EXPECT_EQ(alter({{&one, "A...C", "...", "x"}}, "abbc", "250\r\n"), "x\r\n");
    EXPECT_EQ(alter({{&one, "...", "1 ... 2 ... 3", "... and ..."}}, "", "1 a 2 b 3\r\n"), "a and b\r\n");
}

TEST(AnAlteredAnswer, MayLeaveLinesOutAndAddSome) {
    EXPECT_EQ(alter({{&one, "EHLO...", "250-...", ""}, {&one, "EHLO...", "250 ...", "502 no"}}, "EHLO a",
                    "250-host\r\n250-SIZE\r\n250 HELP\r\n"),
              "502 no\r\n");
    EXPECT_EQ(alter({{&one, "NOOP", "250 ...", "250 once\r\n250 ..."}}, "NOOP", "250 ok\r\n"),
              "250 once\r\n250 ok\r\n");
}

TEST(AnAlteredAnswer, IsThatOfTheFirstRowThatFits) {
    EXPECT_EQ(alter({{&one, "...", "+OK...", "-ERR"}, {&one, "...", "...", ""}}, "LIST", "+OK\r\n1 100\r\n.\r\n"),
              "-ERR\r\n");
}

TEST(AnAlteredAnswer, HasALetterForTheTag) {
    EXPECT_EQ(alter({{&one, "NOOP", "T OK ...", "T NO ..."}}, "NOOP", "* 1 EXISTS\r\na.1 OK T\r\n", "a.1"),
              "* 1 EXISTS\r\na.1 NO T\r\n");
    EXPECT_EQ(alter({{&one, "NOOP", "T OK ...", "* BYE\r\nx OK ..."}}, "NOOP", "a OK done\r\n", "a"),
              "* BYE\r\nx OK done\r\n");
}

TEST(AnAlteredAnswer, IsGivenByEachProtocol) {
    store mail;
    mail.add_account("alice", "secret");
    const mischief breaches({"pop3.noop", "pop3.greeting", "smtp.ehlo", "smtp.greeting"});
    auto options = plain_options();
    options.breaches = &breaches;
    line_dialogue pop3(std::make_unique<pop3::session>(mail, options));
    EXPECT_THAT(pop3.greeting(), StartsWith("-ERR mailspec"));
    pop3.say("USER alice");
    EXPECT_THAT(pop3.say("PASS secret"), StartsWith("+OK"));
    EXPECT_EQ(pop3.say("NOOP"), "-ERR not now\r\n");
    line_dialogue smtp(std::make_unique<smtp::session>(mail, protocol::smtp, options));
    EXPECT_THAT(smtp.greeting(), StartsWith("250 "));
    EXPECT_EQ(smtp.say("EHLO here"), "502 not today\r\n");
    EXPECT_THAT(smtp.say("NOOP"), StartsWith("250 "));
}

TEST(AnAlteredAnswer, IsGivenByImapAlsoInAPipeline) {
    imap_world world;
    const mischief breaches({"imap.noop.succeeds", "imap.logout.bye", "imap.greeting"});
    world.options.breaches = &breaches;
    auto c = world.connect();
    EXPECT_THAT(c.greeting(), StartsWith("* BAD [CAPABILITY"));
    const auto out = c.raw("a LOGIN alice alice-secret\r\nb NOOP\r\nc NOOP\r\nd CAPABILITY\r\ne LOGOUT\r\n");
    EXPECT_THAT(out, HasSubstr("b NO not now\r\nc NO not now\r\n* CAPABILITY"));
    EXPECT_THAT(out, Not(HasSubstr("BYE")));
    EXPECT_THAT(out, HasSubstr("\r\ne OK "));
}

} // namespace
} // namespace mailspec::serve
