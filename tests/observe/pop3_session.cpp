#include "harness/observe/pop3_session.hpp"

#include "tests/observe/pop3_talk.hpp"

#include <gtest/gtest.h>

namespace mailspec::observe {
namespace {

using ids = std::set<std::string>;

constexpr std::string_view login = R"(S: +OK ready
    C: USER alice
    S: +OK
    C: PASS secret
    S: +OK
    )";

ids found(std::string_view after_login) { return pop3_talk()(std::string(login).append(after_login)); }

TEST(Pop3Session, IsQuietInALegalDialogue) {
    EXPECT_EQ(found(R"(C: CAPA
        S: +OK
        S: TOP
        S: UIDL
        S: SASL PLAIN
        S: .
        C: STAT
        S: +OK 2 320
        C: LIST
        S: +OK 2 messages (320 octets)
        S: 1 120
        S: 2 200 and what may follow
        S: .
        C: LIST 2
        S: +OK 2 200
        C: UIDL
        S: +OK
        S: 1 whqtswO00WBw418f9t5JxYwZ
        S: 2 QhdPYR:00WBw1Ph7x7
        S: .
        C: UIDL 2
        S: +OK 2 QhdPYR:00WBw1Ph7x7
        C: TOP 9 0
        S: -ERR no such message
        C: DELE 1
        S: +OK
        C: RETR 1
        S: -ERR deleted
        C: STAT
        S: +OK 1 200
        C: LIST
        S: +OK
        S: 2 200
        S: .
        C: RSET
        S: +OK
        C: STAT
        S: +OK 2 320
        C: QUIT
        S: +OK)"),
              ids());
}

TEST(Pop3Session, SeesThatStatIsNotTheSumOfList) {
    const auto list = R"(C: LIST
        S: +OK
        S: 1 120
        S: 2 200
        S: .
        )";
    EXPECT_EQ(found(std::string(list) + "C: STAT\nS: +OK 2 319"), ids{"pop3.stat"});
    EXPECT_EQ(found(std::string(list) + "C: STAT\nS: +OK 1 120"), ids{"pop3.stat"});
    EXPECT_EQ(found("C: STAT\nS: +OK 3 500\n" + std::string(list)), ids{"pop3.stat"});
    EXPECT_EQ(found("C: STAT\nS: +OK two messages\n"), ids{"pop3.stat"});
    EXPECT_EQ(found(std::string(list) + "C: STAT\nS: +OK 3 500"), ids()) << "new mail may have come";
    EXPECT_EQ(found(std::string(list) + "C: DELE 1\nS: +OK\nC: STAT\nS: +OK 2 320"), ids{"pop3.stat.without-deleted"});
    EXPECT_EQ(found(std::string(list) + "C: DELE 1\nS: +OK\nC: STAT\nS: +OK 1 120"), ids{"pop3.stat"});
}

TEST(Pop3Session, SeesThatListIsNotTheSizeOfTheMessage) {
    const auto retr = std::string("C: RETR 1\nS: +OK\nS: Subject: x\nS: \nS: ..a\nS: .\n"); // 12 + 2 + 4 octets
    const auto list = [](std::string_view octets) { return "C: LIST 1\nS: +OK 1 " + std::string(octets) + "\n"; };
    EXPECT_EQ(found(list("18") + retr), ids());
    EXPECT_EQ(found(list("16") + retr), ids()) << "a message without CRLF at its end gets one";
    EXPECT_EQ(found(list("17") + retr), ids{"pop3.list"});
    EXPECT_EQ(found(retr + list("17")), ids{"pop3.list"});
    EXPECT_EQ(found(retr + list("19")), ids{"pop3.list.stuffing-not-counted"});
    EXPECT_EQ(found("C: LIST\nS: +OK\nS: 1 18\nS: .\n" + retr), ids());
}

TEST(Pop3Session, SaysWhichMessageItIsAndWhere) {
    pop3_talk talk;
    talk(std::string(login) + "C: LIST\nS: +OK\nS: 1 1\nS: .\nC: RETR 1\nS: +OK\nS: a\nS: b\nS: .\n");
    ASSERT_EQ(talk.found().size(), 1u);
    EXPECT_EQ(talk.found()[0].detail, "LIST gives message 1 1 octets, RETR 6");
    EXPECT_EQ(talk.found()[0].at, std::string_view("+OK ready\r\n+OK\r\n+OK\r\n+OK\r\n1 1\r\n.\r\n").size());
}

TEST(Pop3Session, SeesNumbersThatDoNotStay) {
    const ids broken{"pop3.message-numbers"};
    const auto list = [](std::string_view first, std::string_view second) {
        return "C: LIST\nS: +OK\nS: " + std::string(first) + "\nS: " + std::string(second) + "\nS: .\n";
    };
    EXPECT_EQ(found(list("1 120", "1 120")), broken);
    EXPECT_EQ(found(list("1 120", "3 120")), broken);
    EXPECT_EQ(found(list("0 120", "1 120")), broken);
    EXPECT_EQ(found(list("1 120", "2 200") + list("1 120", "2 201")), broken);
    EXPECT_EQ(found(list("1 120", "2 200") + "C: LIST\nS: +OK\nS: 1 120\nS: .\n"), broken);
    EXPECT_EQ(found(list("1 120", "2 200") + "C: LIST 2\nS: +OK 2 120\n"), broken);
    EXPECT_EQ(found(list("1 120", "2 200") + "C: UIDL\nS: +OK\nS: 1 a\nS: .\n"), broken);
    EXPECT_EQ(found("C: DELE 1\nS: +OK\n" + list("2 120", "3 200")), ids());
    EXPECT_EQ(found(list("2 120", "1 200") + list("1 200", "2 120")), ids()) << "no order is asked for";
    EXPECT_EQ(found("C: LIST 2\nS: +OK 1 120"), ids{"pop3.list"});
    EXPECT_EQ(found(list("1 120", "2")), ids{"pop3.list"});
    EXPECT_EQ(found(list("1 120", "4294967295 9") + list("99999999999 1", "2 2")), ids{"pop3.list"})
        << "no room is made";
}

TEST(Pop3Session, SeesDeletedMessagesThatAreStillThere) {
    const auto dele = std::string("C: DELE 1\nS: +OK\n");
    EXPECT_EQ(found(dele + "C: LIST\nS: +OK\nS: 1 120\nS: .\n"), ids{"pop3.list.without-deleted"});
    EXPECT_EQ(found(dele + "C: UIDL\nS: +OK\nS: 1 a\nS: .\n"), ids{"pop3.uidl.without-deleted"});
    EXPECT_EQ(found(dele + "C: DELE 1\nS: +OK\n"), ids{"pop3.dele"});
    EXPECT_EQ(found(dele + "C: TOP 1 0\nS: +OK\nS: x\nS: .\n"), ids{"pop3.dele"});
    EXPECT_EQ(found(dele + "C: LIST 1\nS: +OK 1 120\n"), ids{"pop3.dele"});
    EXPECT_EQ(found(dele + "C: RSET\nS: +OK\nC: LIST 1\nS: +OK 1 120\n"), ids());
}

TEST(Pop3Session, SeesUniqueIdsThatAreNone) {
    const auto uidl = [](const std::string& first, const std::string& second) {
        return "C: UIDL\nS: +OK\nS: 1 " + first + "\nS: 2 " + second + "\nS: .\n";
    };
    const auto list = std::string("C: LIST\nS: +OK\nS: 1 120\nS: 2 200\nS: .\n");
    EXPECT_EQ(found(uidl("a", std::string(70, 'b'))), ids());
    EXPECT_EQ(found(uidl("a", std::string(71, 'b'))), ids{"pop3.uidl.characters"});
    EXPECT_EQ(found(uidl("a", "b and more")), ids{"pop3.uidl.characters"});
    EXPECT_EQ(found(uidl("a", "\xc3\xa9")), ids{"pop3.uidl.characters"});
    EXPECT_EQ(found(uidl("", "b")), ids{"pop3.uidl.characters"});
    EXPECT_EQ(found(uidl("a", "a")), ids()) << "they may be copies";
    EXPECT_EQ(found(uidl("a", "a") + list), ids{"pop3.uidl.unique"});
    EXPECT_EQ(found(list + uidl("a", "a")), ids{"pop3.uidl.unique"});
    EXPECT_EQ(found(uidl("a", "b") + uidl("a", "c")), ids{"pop3.uidl.persists"});
    EXPECT_EQ(found(uidl("a", "b") + "C: UIDL 2\nS: +OK 2 c"), ids{"pop3.uidl.persists"});
}

TEST(Pop3Session, SeesMoreThanWasAskedFor) {
    EXPECT_EQ(found("C: NOOP\nS: +OK\nS: +OK"), ids{"pop3.unsolicited"});
    EXPECT_EQ(found("C: QUIT\nS: +OK\nS: bye"), ids{"pop3.quit.closes"});
    EXPECT_EQ(pop3_talk()("S: +OK ready\nS: second line"), ids{"pop3.unsolicited"});
    EXPECT_EQ(found("C: NOOP\nS: +OK\nS: -ERR disconnected for inactivity"), ids());
    EXPECT_EQ(found("C: NOOP\nC: NOOP\nS: +OK\nS: +OK"), ids());
}

TEST(Pop3Session, SeesCommandsThatSucceedInTheWrongState) {
    const ids broken{"pop3.wrong-state"};
    EXPECT_EQ(pop3_talk()("S: +OK ready\nC: STAT\nS: +OK 0 0"), broken);
    EXPECT_EQ(pop3_talk()("S: +OK ready\nC: LIST\nS: +OK\nS: ."), broken);
    EXPECT_EQ(pop3_talk()("S: +OK ready\nC: NOOP\nS: -ERR\nC: CAPA\nS: +OK\nS: .\nC: QUIT\nS: +OK"), ids());
    EXPECT_EQ(found("C: USER bob\nS: +OK"), broken);
    EXPECT_EQ(found("C: STLS\nS: +OK"), broken);
    EXPECT_EQ(found("C: USER bob\nS: -ERR"), ids());
}

TEST(Pop3Session, SaysNothingMoreOnceItCannotTell) {
    EXPECT_EQ(found("C: XTND XMIT\nS: +OK\nS: a payload\nS: ."), ids());
    EXPECT_EQ(found("C: AUTH\nS: +OK\nS: PLAIN\nS: ."), ids());
    EXPECT_EQ(found("C: XYZZY\nS: -ERR what\nC: NOOP\nS: +OK\nS: +OK"), ids{"pop3.unsolicited"});
    EXPECT_EQ(found("C: list\nS: +OK\nS: .\nC: LIST \nS: +OK\nS: 1 1\nS: ."), ids());
    pop3_talk talk;
    talk(login);
    talk.watched().sent_raw("NOOP\r\nSTAT\r\n");
    EXPECT_EQ(talk("S: +OK\nS: +OK 1 1\nS: what"), ids());
}

TEST(Pop3Session, IsQuietInAnAuthExchange) {
    EXPECT_EQ(pop3_talk()(R"(S: +OK ready
        C: AUTH LOGIN
        S: + VXNlcm5hbWU6
        C: DELE 1
        S: + UGFzc3dvcmQ6
        C: c2VjcmV0
        S: +OK
        C: LIST
        S: +OK
        S: 1 120
        S: .)"),
              ids());
}

TEST(Pop3Session, SeesThatCapaIsNotTrue) {
    const auto capa = std::string("C: CAPA\nS: +OK\nS: TOP\nS: uidl\nS: STLS\nS: .\n");
    const auto retr = std::string("C: RETR 1\nS: +OK\nS: a\nS: .\n");
    const ids broken{"pop3.capa.truthful"};
    EXPECT_EQ(found(capa + "C: UIDL\nS: -ERR what"), broken);
    EXPECT_EQ(found(capa + "C: UIDL\nS: -ERR [SYS/TEMP] later"), ids());
    EXPECT_EQ(found(capa + retr + "C: TOP 1 0\nS: -ERR what"), broken);
    EXPECT_EQ(found(capa + retr + "C: TOP 2 0\nS: -ERR no such message"), ids());
    EXPECT_EQ(found(capa + retr + "C: TOP 1\nS: -ERR how many lines?"), ids());
    EXPECT_EQ(found(retr + "C: TOP 1 0\nS: -ERR what"), ids());
    EXPECT_EQ(found(capa + "C: STLS\nS: -ERR not after login"), ids());
    EXPECT_EQ(pop3_talk()("S: +OK\n" + capa + "C: STLS\nS: -ERR what"), broken);
    EXPECT_EQ(pop3_talk()("S: +OK\n" + capa + "C: UIDL\nS: -ERR log in first"), ids());
    const auto capa_of = [](std::string_view tag) { return "C: CAPA\nS: +OK\nS: " + std::string(tag) + "\nS: .\n"; };
    const auto late = std::string(login.substr(login.find("C: ")));
    EXPECT_EQ(pop3_talk()("S: +OK\n" + capa_of("TOP") + late + capa_of("UIDL")), ids{"pop3.capa.both-states"});
    EXPECT_EQ(pop3_talk()("S: +OK\n" + capa_of("STLS") + late + capa_of("UIDL")), ids());
    EXPECT_EQ(pop3_talk()("S: +OK\n" + capa_of("TOP") + late + capa_of("top")), ids());
    EXPECT_EQ(found("C: CAPA\nS: +OK\nS: " + std::string(510, 'x') + "\nS: .\n"), ids());
    EXPECT_EQ(found("C: CAPA\nS: +OK\nS: " + std::string(511, 'x') + "\nS: .\n"), ids{"pop3.capa.line-length"});
}

/// What is found in two answers to CAPA, before login and after it, each of one line.
ids found_in_capa(std::string_view before, std::string_view after) {
    const auto capa_of = [](std::string_view one) { return "C: CAPA\nS: +OK\nS: " + std::string(one) + "\nS: .\n"; };
    return pop3_talk()("S: +OK\n" + capa_of(before) + std::string(login.substr(login.find("C: "))) + capa_of(after));
}

TEST(Pop3Session, ReadsABracketAsAResponseCodeWhereTheyAreAnnounced) {
    const auto came = [](const std::string& announced, const std::string& reply) {
        return pop3_talk()("S: +OK ready\nC: CAPA\nS: +OK\nS: " + announced + "\nS: .\nC: USER a\nS: " + reply);
    };
    for (const auto* wrong : {"-ERR [IN-USE no", "+OK [go on, you]", "-ERR [] no"}) {
        EXPECT_EQ(came("RESP-CODES", wrong), ids{"pop3.syntax.response-code"}) << wrong;
        EXPECT_EQ(came("TOP", wrong), ids()) << wrong;
    }
    EXPECT_EQ(came("RESP-CODES", "-ERR [SYS/TEMP] later"), ids());
}

TEST(Pop3Session, HoldsWhatCapaSaysAfterLoginAgainstWhatItSaidBefore) {
    EXPECT_EQ(found_in_capa("EXPIRE 5 USER", "EXPIRE NEVER"), ids());
    EXPECT_EQ(found_in_capa("EXPIRE NEVER", "EXPIRE NEVER"), ids());
    EXPECT_EQ(found_in_capa("EXPIRE 30 USER", "EXPIRE 5"), ids{"pop3.expire.smallest"});
    EXPECT_EQ(found_in_capa("EXPIRE 5", "EXPIRE 30"), ids{"pop3.expire.user-token"});
    EXPECT_EQ(found_in_capa("EXPIRE 5 USER", "EXPIRE 5 USER"), ids{"pop3.expire.accurate"});
    EXPECT_EQ(found_in_capa("LOGIN-DELAY 900 USER", "LOGIN-DELAY 60"), ids());
    EXPECT_EQ(found_in_capa("LOGIN-DELAY 60 USER", "LOGIN-DELAY 900"), ids{"pop3.login-delay.largest"});
    EXPECT_EQ(found_in_capa("LOGIN-DELAY 900", "LOGIN-DELAY 60"), ids{"pop3.login-delay.user-token"});
    EXPECT_EQ(found_in_capa("login-delay 60 user", "LOGIN-DELAY 60 USER"), ids{"pop3.login-delay.accurate"});
    EXPECT_EQ(found_in_capa("SASL PLAIN LOGIN", "SASL LOGIN PLAIN"), ids());
    EXPECT_EQ(found_in_capa("SASL PLAIN LOGIN", "SASL PLAIN"), ids{"pop3.capa.same-arguments"});
    EXPECT_EQ(found_in_capa("EXPIRE soon", "EXPIRE later"), ids());
}

TEST(Pop3Session, ReadsTheLinesOfCapaStrictly) {
    const auto capa_of = [](std::string_view one) {
        return found("C: CAPA\nS: +OK\nS: " + std::string(one) + "\nS: .\n");
    };
    EXPECT_EQ(capa_of("IMPLEMENTATION Shlemazle-Plotz-v302 (beta)"), ids());
    for (const auto* one : {"TOP ", "SASL  PLAIN", " TOP", "X.Y", "IMPLEMENTATION Grüße"})
        EXPECT_EQ(capa_of(one), ids{"pop3.capa.line-syntax"}) << one;
}

TEST(Pop3Session, SeesASecondEndOfAListing) {
    EXPECT_EQ(found("C: LIST\nS: +OK\nS: 1 120\nS: .\nS: .\n"), ids{"pop3.syntax.termination"});
}

} // namespace
} // namespace mailspec::observe
