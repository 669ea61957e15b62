#include "tests/run/difference_trial.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mailspec::run::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(Difference, IsNoneWhereNothingChanged) {
    EXPECT_THAT(of_m({mail("1", "\\Seen")}, {mail("1", "\\Seen")}).rows(), IsEmpty());
}

TEST(Difference, OfFlagsMustBeThatDeclaredForThisMessageAndNoOther) {
    const auto adds = change(kind::adds_flags, 1, "\\Seen"), removes = change(kind::removes_flags, 1, "\\Seen"),
               sets = change(kind::sets_flags, 1, "b");
    EXPECT_THAT(of_m({mail("1", "a")}, {mail("1", "a \\Seen")}, {adds}).rows(), IsEmpty());
    EXPECT_THAT(of_m({mail("1", "a \\Seen")}, {mail("1", "a")}, {removes}).rows(), IsEmpty());
    EXPECT_THAT(of_m({mail("1", "a")}, {mail("1", "b")}, {sets}).rows(), IsEmpty());
    EXPECT_THAT(of_m({mail("1", "a")}, {mail("1", "a")}, {adds}).rows(), ElementsAre("message 1: (a) -> (a)"));
    EXPECT_THAT(of_m({mail("1"), mail("2")}, {mail("1", "\\Seen"), mail("2", "\\Seen")}, {adds}).rows(),
                ElementsAre("message 2: () -> (\\Seen)"));
    EXPECT_THAT(of_m({mail("1"), mail("2")}, {mail("1"), mail("2", "x")}, {adds}).broken(),
                ElementsAre("imap.store.flags", "the effect's"));
}

TEST(Difference, OfTheSetOfMessagesMustBeThatDeclared) {
    const auto removed = change(kind::message_removed, 1);
    EXPECT_THAT(of_m({mail("1"), mail("2")}, {mail("2")}, {removed}).rows(), IsEmpty());
    EXPECT_THAT(of_m({mail("1"), mail("2")}, {mail("1")}, {removed}).rows(),
                ElementsAre("message 1: () -> ()", "message 2: () -> gone"));
    trial adds{{{box("m", {mail("1")}, 2)}}, {{box("m", {mail("1"), mail("2")}, 3)}}, {change(kind::message_added)}};
    EXPECT_THAT(adds.rows(), IsEmpty());
    adds.changes.front().times = 2;
    EXPECT_THAT(adds.rows(), ElementsAre("a message in m: not there -> not there"));
    adds.changes.clear();
    EXPECT_THAT(adds.rows(),
                ElementsAre("a message in m: not there -> there, (), 17-Jul-1996 02:44:25 +0000, 120 octets"));
}

TEST(Difference, OfDateOrSizeIsABreachWhateverIsDeclared) {
    auto later = mail("1", "\\Seen");
    later.date = "18-Jul-1996 02:44:25 +0000";
    const auto t = of_m({mail("1")}, {later}, {change(kind::adds_flags, 1, "\\Seen")});
    EXPECT_THAT(t.rows(), ElementsAre("message 1: (), 17-Jul-1996 02:44:25 +0000 -> (\\Seen), 18-Jul-1996 02:44:25 "
                                      "+0000"));
    EXPECT_THAT(t.broken(), ElementsAre("imap.message.immutable"));
    EXPECT_THAT(of_m({mail("1")}, {mail("1", "", "121")}).broken(), ElementsAre("imap.message.immutable"));
}

TEST(Difference, OfUidvalidityAndUidnextIsHeldAgainstTheTextThatForbidsIt) {
    auto t = of_m({mail("1")}, {mail("1")});
    t.after.places[0].validity = 8;
    EXPECT_THAT(t.broken(), ElementsAre("imap.uid.persistent"));
    t.after.places[0].messages[0].id = "2"; // paired by number then
    EXPECT_THAT(t.broken(), ElementsAre("imap.uid.persistent"));
    t.after.places[0].validity = 6;
    EXPECT_THAT(t.broken(), ElementsAre("imap.uidvalidity.grows"));
    auto risen = of_m({mail("1")}, {mail("1")});
    risen.after.places[0].next = 111;
    EXPECT_THAT(risen.broken(), ElementsAre("imap.uidnext"));
    EXPECT_THAT(risen.amiss(nullptr, comparison::uids::perhaps_used), IsEmpty());
    risen.after.places[0].next = 109;
    EXPECT_THAT(risen.amiss(nullptr, comparison::uids::perhaps_used), SizeIs(1));
    const auto stays = of_m({mail("1")}, {mail("1"), mail("110")}, {change(kind::message_added)});
    EXPECT_THAT(stays.broken(), ElementsAre("imap.uidnext"));
}

trial copies(message copy, kind how = kind::message_copied) {
    auto d = change(how, 1);
    d.to = "b";
    std::vector<message> left{mail("1", "\\Seen")};
    if (how == kind::message_moved)
        left.clear();
    return {
        {{box("m", {mail("1", "\\Seen")}), box("b", {}, 5)}}, {{box("m", left), box("b", {std::move(copy)}, 6)}}, {d}};
}

TEST(Difference, ACopyMustBeThereAndItsFlagsAndDateShould) {
    EXPECT_THAT(copies(mail("5", "\\Seen")).rows(), IsEmpty());
    EXPECT_THAT(copies(mail("5", "\\Seen", "7")).broken(), ElementsAre("imap.store.flags"));
    EXPECT_THAT(copies(mail("5")).broken(), ElementsAre("imap.copy.preserves"));
    auto later = mail("5", "\\Seen");
    later.date = "1-Jan-2026 00:00:00 +0000";
    EXPECT_THAT(copies(later).broken(), ElementsAre("imap.copy.preserves"));
    auto none = copies(mail("5"));
    none.after.places[1].messages.clear();
    none.after.places[1].next = 5;
    EXPECT_THAT(none.rows(), ElementsAre("message 1 in b: not there -> not there"));
    auto twice = copies(mail("5", "\\Seen"));
    twice.after.places[1].messages.push_back(mail("6"));
    EXPECT_THAT(twice.rows(),
                ElementsAre("another message in b: not there -> there, (), 17-Jul-1996 02:44:25 +0000, 120 octets"));
}

TEST(Difference, AMoveTakesTheMessageAway) {
    EXPECT_THAT(copies(mail("5", "\\Seen"), kind::message_moved).rows(), IsEmpty());
    EXPECT_THAT(copies(mail("5"), kind::message_moved).broken(), ElementsAre("imap.move.preserves"));
    auto stays = copies(mail("5", "\\Seen"), kind::message_moved);
    stays.after.places[0].messages.push_back(mail("1", "\\Seen"));
    EXPECT_THAT(stays.rows(), ElementsAre("message 1: (\\Seen) -> (\\Seen)"));
}

TEST(Difference, OfMailboxesMustBeThatDeclared) {
    trial made{{{box("m", {})}}, {{box("m", {}), box("n", {mail("1")})}}, {of_mailbox(kind::mailbox_created, "n")}};
    EXPECT_THAT(made.rows(), IsEmpty());
    made.changes.clear();
    EXPECT_THAT(made.rows(), ElementsAre("mailbox n: not there -> there"));
    trial gone{{{box("m", {}), box("n", {mail("1")})}}, {{box("m", {})}}, {of_mailbox(kind::mailbox_deleted, "n")}};
    EXPECT_THAT(gone.rows(), IsEmpty());
    gone.changes.clear();
    EXPECT_THAT(gone.rows(), ElementsAre("mailbox n: there -> not there"));
    trial idle{{{box("n", {})}}, {{box("n", {})}}, {of_mailbox(kind::mailbox_created, "n")}};
    EXPECT_THAT(idle.rows(), ElementsAre("mailbox n: there -> there"));
    idle.changes = {of_mailbox(kind::mailbox_deleted, "n")};
    EXPECT_THAT(idle.rows(), ElementsAre("mailbox n: there -> there"));
}

TEST(Difference, ARenameKeepsWhatIsInsideAndTakesWhatIsBelow) {
    trial t{{{box("m", {mail("1", "x")}), box("m/b", {mail("9")})}},
            {{box("z", {mail("1", "x")}), box("z/b", {mail("9")})}},
            {of_mailbox(kind::mailbox_renamed, "m", "z")}};
    EXPECT_THAT(t.rows(), IsEmpty());
    t.after.places[0].validity = 99; // no text forbids it
    t.after.places[0].messages[0].id = "4";
    EXPECT_THAT(t.rows(), IsEmpty());
    t.after.places[0].messages[0].flags.clear();
    EXPECT_THAT(t.rows(), ElementsAre("message 1: (x) -> ()"));
    t.after.places[1].name = "m/b";
    EXPECT_THAT(t.rows(), ElementsAre("mailbox z/b: not there -> not there", "mailbox m/b: there -> there",
                                      "message 1: (x) -> ()"));
}

TEST(Difference, OfSubscriptionsMustBeThatDeclared) {
    auto t = of_m({}, {});
    t.after.places[0].subscribed = true;
    EXPECT_THAT(t.rows(), ElementsAre("mailbox m: not subscribed -> subscribed"));
    t.changes = {of_mailbox(kind::mailbox_subscribed, "m")};
    EXPECT_THAT(t.rows(), IsEmpty());
    std::swap(t.before, t.after);
    t.changes = {of_mailbox(kind::mailbox_unsubscribed, "m")};
    EXPECT_THAT(t.rows(), IsEmpty());
    t.changes.clear();
    EXPECT_THAT(t.broken(), ElementsAre("imap.subscribe.kept"));
    t.after.places.clear();
    t.changes = {of_mailbox(kind::mailbox_deleted, "m")};
    EXPECT_THAT(t.broken(), ElementsAre("imap.subscribe.kept"));
}

TEST(Difference, AMailboxThatIsMadeMayBeSubscribedAtOnce) {
    trial t{{{}}, {{box("n", {})}}, {of_mailbox(kind::mailbox_created, "n")}};
    t.after.places[0].subscribed = true;
    EXPECT_THAT(t.rows(), IsEmpty());
}

} // namespace
} // namespace mailspec::run::testing
