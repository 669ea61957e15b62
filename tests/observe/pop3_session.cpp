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

} // namespace
} // namespace mailspec::observe
