#include "harness/run/arrivals.hpp"

#include "tests/run/difference_trial.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mailspec::run::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

trial arrives(std::vector<message> came, std::vector<declared> changes) {
    return {{{inbox_of("bob", {})}}, {{inbox_of("bob", std::move(came))}}, std::move(changes)};
}

TEST(Difference, OfMailMustBeThatDeclaredAsOftenAndAsSent) {
    const auto once = to_bob(kind::mail_delivered);
    const auto traced = "Received: x\r\n" + std::string(sent);
    EXPECT_THAT(arrives({post("1", traced)}, {once}).rows(), IsEmpty());
    EXPECT_THAT(arrives({post("1", traced), post("2", sent)}, {to_bob(kind::mail_delivered, 2)}).rows(), IsEmpty());
    EXPECT_THAT(arrives({}, {once}).rows(), ElementsAre("mail to bob: not there -> not there"));
    EXPECT_TRUE(arrives({}, {once}).amiss().front().may_come);
    EXPECT_THAT(arrives({post("1", sent), post("2", sent)}, {once}).rows(), SizeIs(1));
    EXPECT_THAT(arrives({post("1", sent)}, {to_bob(kind::mail_not_delivered)}).broken(),
                ElementsAre("imap.store.flags"));
    EXPECT_THAT(arrives({post("1", "Subject: a\r\n\r\nbody\r\n")}, {once}).rows(),
                ElementsAre("mail to bob: as sent -> without the header field X-Two as sent"));
}

TEST(Difference, OfAMaildropWithoutUniqueIdsIsByNumber) {
    trial t{{{inbox_of("bob", {mail("1"), mail("2", "", "7"), mail("3")})}},
            {{inbox_of("bob", {mail("1"), mail("2")})}},
            {to_bob(kind::message_removed)}};
    t.changes[0].message = 2;
    t.before.places[0].numbered = t.after.places[0].numbered = true;
    EXPECT_THAT(t.rows(), IsEmpty());
    t.changes.clear();
    EXPECT_THAT(t.rows(), SizeIs(2));
}

TEST(Difference, OfAMaildropMindsThatIdenticalMessagesMayHaveOneUniqueId) {
    trial t{{{inbox_of("bob", {mail("a"), mail("a")})}}, {{inbox_of("bob", {mail("a"), mail("a")})}}, {}};
    EXPECT_THAT(t.rows(), IsEmpty());
    t.after.places[0].messages.pop_back();
    EXPECT_THAT(t.rows(), SizeIs(1));
}

TEST(Mail, IsAsSentWhereOnlyHeaderFieldsWereAdded) {
    EXPECT_EQ(differs_from_sent("A: 1\r\nSubject: a\r\nB: 2\r\nX-Two: b\r\n c\r\n\r\nbody\r\n", sent), "");
    EXPECT_EQ(differs_from_sent("X-Two: b\r\n c\r\nSubject: a\r\n\r\nbody\r\n", sent),
              "without the header field X-Two as sent");
    EXPECT_EQ(differs_from_sent("Subject: a\r\nX-Two: b c\r\n\r\nbody\r\n", sent),
              "without the header field X-Two as sent");
    EXPECT_EQ(differs_from_sent("Subject: a\r\nX-Two: b\r\n c\r\n\r\nbodies\r\n", sent),
              "another body from octet 3 on, 8 octets instead of 6");
    EXPECT_EQ(differs_from_sent("", sent), "without the header field Subject as sent");
}

} // namespace
} // namespace mailspec::run::testing
