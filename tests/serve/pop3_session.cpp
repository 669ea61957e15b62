#include "tests/serve/pop3_test.hpp"

namespace mailspec::serve {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;
using testing::StartsWith;

using Pop3Session = pop3_test;

TEST_F(Pop3Session, GreetsWithATimestampThatNeverRepeats) {
    auto one = connect().greeting(), two = connect().greeting();
    EXPECT_THAT(one, MatchesRegex("\\+OK .*<[0-9]+\\.[0-9]+@mailspec\\.test>\r\n"));
    EXPECT_NE(one, two);
}

TEST_F(Pop3Session, CountsWithoutDeletedMessagesAndKeepsTheirNumbers) {
    auto d = log_in();
    EXPECT_EQ(d.say("STAT"), "+OK 2 56\r\n");
    EXPECT_EQ(d.say("LIST"), "+OK scan listing follows\r\n1 24\r\n2 32\r\n.\r\n");
    EXPECT_THAT(d.say("DELE 1"), StartsWith("+OK"));
    EXPECT_EQ(d.say("STAT"), "+OK 1 32\r\n");
    EXPECT_EQ(d.say("LIST"), "+OK scan listing follows\r\n2 32\r\n.\r\n");
    EXPECT_EQ(d.say("LIST 2"), "+OK 2 32\r\n");
    for (const auto* gone : {"LIST 1", "RETR 1", "DELE 1", "TOP 1 0", "UIDL 1"})
        EXPECT_THAT(d.say(gone), StartsWith("-ERR")) << gone;
}

TEST_F(Pop3Session, SendsTheMessageWithDotsDoubled) {
    auto d = log_in();
    EXPECT_EQ(d.say("RETR 2"), "+OK 32 octets\r\nSubject: two\r\n\r\n..\r\n...two\r\nlast\r\n.\r\n");
}

TEST_F(Pop3Session, GivesALineEndToAMessageThatLacksOneAndCountsIt) {
    put("Subject: three\r\n\r\nx");
    auto d = log_in();
    EXPECT_EQ(d.say("LIST 3"), "+OK 3 21\r\n");
    EXPECT_EQ(d.say("RETR 3"), "+OK 21 octets\r\nSubject: three\r\n\r\nx\r\n.\r\n");
}

TEST_F(Pop3Session, GivesTheTopOfAMessage) {
    auto d = log_in();
    const std::string head = "+OK top of message follows\r\nSubject: two\r\n\r\n";
    EXPECT_EQ(d.say("TOP 2 0"), head + ".\r\n");
    EXPECT_EQ(d.say("TOP 2 2"), head + "..\r\n...two\r\n.\r\n");
    EXPECT_EQ(d.say("TOP 2 99"), head + "..\r\n...two\r\nlast\r\n.\r\n");
    EXPECT_THAT(d.say("TOP 2 -1"), StartsWith("-ERR"));
    EXPECT_THAT(d.say("TOP 2"), StartsWith("-ERR"));
}

TEST_F(Pop3Session, GivesTheTopOfAMessageWithoutBodyOrHeader) {
    put("Subject: no body\r\n");
    put("\r\nno header\r\nat all\r\n");
    auto d = log_in();
    EXPECT_THAT(d.say("TOP 3 1"), HasSubstr("\r\nSubject: no body\r\n.\r\n"));
    EXPECT_THAT(d.say("TOP 4 1"), HasSubstr("follows\r\n\r\nno header\r\n.\r\n"));
}

TEST_F(Pop3Session, KeepsUniqueIdsOverSessions) {
    auto first = log_in().say("UIDL");
    auto d = log_in();
    EXPECT_EQ(d.say("UIDL"), first);
    EXPECT_THAT(first, MatchesRegex("\\+OK [^\r]*\r\n1 [!-~]+\r\n2 [!-~]+\r\n\\.\r\n"));
    auto second = d.say("UIDL 2");
    EXPECT_THAT(first, HasSubstr("\r\n" + second.substr(4)));
}

TEST_F(Pop3Session, RemovesOnlyAtQuit) {
    {
        auto d = log_in();
        d.say("DELE 1");
    }
    EXPECT_EQ(alice.inbox().messages().size(), 2u);
    EXPECT_FALSE(alice.maildrop_locked);
    auto d = log_in();
    d.say("DELE 1");
    EXPECT_THAT(d.say("QUIT"), StartsWith("+OK"));
    EXPECT_TRUE(d.is_closed());
    ASSERT_EQ(alice.inbox().messages().size(), 1u);
    EXPECT_EQ(*alice.inbox().messages().front().octets, dotted_mail);
    EXPECT_FALSE(alice.maildrop_locked);
}

TEST_F(Pop3Session, TakesMarksAwayAtReset) {
    auto d = log_in();
    d.say("DELE 1");
    d.say("DELE 2");
    EXPECT_EQ(d.say("LIST"), "+OK no messages\r\n.\r\n");
    EXPECT_THAT(d.say("RSET"), StartsWith("+OK"));
    EXPECT_EQ(d.say("STAT"), "+OK 2 56\r\n");
    d.say("QUIT");
    EXPECT_EQ(alice.inbox().messages().size(), 2u);
}

TEST_F(Pop3Session, HoldsTheMaildropAlone) {
    auto first = log_in();
    auto second = connect();
    second.say("USER alice");
    EXPECT_THAT(second.say("PASS secret words"), StartsWith("-ERR [IN-USE]"));
    first.say("QUIT");
    second.say("USER alice");
    EXPECT_THAT(second.say("PASS secret words"), StartsWith("+OK"));
}

TEST_F(Pop3Session, SeesNothingOfWhatArrivesMeanwhile) {
    auto d = log_in();
    put("Subject: late\r\n\r\n");
    alice.inbox().expunge(1, nullptr);
    EXPECT_EQ(d.say("STAT"), "+OK 2 56\r\n");
    EXPECT_THAT(d.say("RETR 1"), HasSubstr("Hello."));
    d.say("DELE 1");
    EXPECT_THAT(d.say("QUIT"), StartsWith("+OK"));
    EXPECT_EQ(alice.inbox().messages().size(), 2u);
}

TEST_F(Pop3Session, ListsItsCapabilities) {
    auto d = connect();
    auto before = d.say("CAPA");
    for (const auto* c : {"\r\nTOP\r\n", "\r\nUIDL\r\n", "\r\nUSER\r\n", "\r\nRESP-CODES\r\n", "\r\nPIPELINING\r\n",
                          "\r\nSTLS\r\n", "\r\nSASL ", "\r\n.\r\n"})
        EXPECT_THAT(before, HasSubstr(c));
    auto plain = plain_options();
    plain.starttls = session_options::tls::unavailable;
    EXPECT_THAT(connect(plain).say("CAPA"), Not(HasSubstr("STLS")));
    EXPECT_THAT(connect(plain).say("STLS"), StartsWith("-ERR"));
}

TEST_F(Pop3Session, AnswersErrToWhatItDoesNotKnowOrCannotDoNow) {
    auto d = connect();
    for (const auto* c : {"XYZZY", "", "STAT", "LIST", "RETR 1", "DELE 1", "NOOP", "RSET", "TOP 1 1", "UIDL", "USER",
                          "USER a b", "APOP alice", "CAPA all", "QUIT now", "STLS now"})
        EXPECT_THAT(d.say(c), StartsWith("-ERR")) << c;
    auto in = log_in();
    for (const auto* c : {"USER alice", "PASS x", "APOP a b", "STLS", "AUTH PLAIN", "STAT 1", "LIST 0", "LIST 3",
                          "LIST x", "LIST ", "RETR", "RETR 1 2", "DELE 18446744073709551617", "NOOP x", "RSET 1"})
        EXPECT_THAT(in.say(c), StartsWith("-ERR")) << c;
    EXPECT_EQ(in.say("STAT"), "+OK 2 56\r\n");
}

TEST_F(Pop3Session, TakesNoLineEndButCrlf) {
    auto d = log_in();
    EXPECT_EQ(d.raw("NOOP\nNOOP\n"), "");
    EXPECT_THAT(d.say(""), MatchesRegex("-ERR [^\r]*\r\n"));
    EXPECT_THAT(d.say("NOOP\r"), MatchesRegex("-ERR [^\r]*\r\n"));
    EXPECT_THAT(d.say("NOOP"), StartsWith("+OK"));
}

TEST_F(Pop3Session, PassesOverALineThatIsTooLong) {
    auto d = log_in();
    for (int i = 0; i < 100; ++i)
        EXPECT_EQ(d.raw(std::string(1000, 'x')), "");
    EXPECT_THAT(d.say("NOOP"), MatchesRegex("-ERR [^\r]*\r\n"));
    EXPECT_THAT(d.say("NOOP"), StartsWith("+OK"));
}

TEST_F(Pop3Session, AnswersTheSameHoweverTheBytesAreCut) {
    const std::string said = "CAPA\r\nUSER alice\r\nPASS secret words\r\nSTAT\r\nLIST\r\nRETR 2\r\nTOP 2 1\r\nUIDL\r\n"
                             "NOPE\r\nDELE 1\r\nRSET\r\nNO\rOP\r\nNO\nOP\r\nNOOP\r\nQUIT\r\n";
    const auto whole = connect().raw(said);
    EXPECT_THAT(whole, HasSubstr("...two"));
    for (std::size_t cut = 0; cut <= said.size(); ++cut) {
        auto d = connect();
        auto answer = d.raw(said.substr(0, cut));
        answer += d.raw(said.substr(cut));
        ASSERT_EQ(answer, whole) << "cut at " << cut;
        ASSERT_TRUE(d.is_closed());
    }
}

TEST_F(Pop3Session, SendsMuchOutputInPieces) {
    put("Subject: big\r\n\r\n" + std::string(2u << 20, 'x') + "\r\n");
    pop3::session s(mail, plain_options());
    std::string said = "USER alice\r\nPASS secret words\r\nRETR 3\r\nRETR 3\r\nNOOP\r\n";
    s.receive(said);
    std::size_t most = 0, pieces = 0;
    std::string all;
    for (auto out = s.take_output(); !out.empty(); out = s.take_output(), ++pieces) {
        most = std::max(most, out.size());
        all += out;
        if (s.next() == session::action::resume)
            s.receive({});
    }
    EXPECT_EQ(pieces, 3u);
    EXPECT_LT(most, 3u << 20);
    EXPECT_THAT(all.substr(all.size() - 40), HasSubstr("\r\n.\r\n+OK"));
}

} // namespace
} // namespace mailspec::serve
