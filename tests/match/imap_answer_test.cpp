#include "tests/match/said.hpp"

#include <gtest/gtest.h>

namespace mailspec::match::test {
namespace {

constexpr auto imap = wire::protocol::imap;
using order = enum expectations::order;
using extra = enum expectations::extra;

std::string judge_of(std::string_view octets, std::initializer_list<wish> wishes, variables& bound,
                     enum expectations::order o = order::free, enum expectations::extra x = extra::allowed,
                     const number_now& number = {}) {
    const said s = said::imap(octets);
    expectations e = wanted(imap, wishes);
    e.order = o;
    e.extra = x;
    return show(judge(e, s.imap_got(), bound, number));
}

std::string judge_of(std::string_view octets, std::initializer_list<wish> wishes) {
    variables bound;
    return judge_of(octets, wishes, bound);
}

TEST(ImapAnswer, WithoutExpectationsMustBeASuccess) {
    EXPECT_EQ(judge_of("* 1 EXISTS\r\nA1 OK done\r\n", {}), "");
    EXPECT_EQ(judge_of("A1 NO not now\r\n", {}), "0: the completion is NO, expected OK");
    EXPECT_EQ(judge_of("A1 BAD what\r\n", {{"never:* 1 EXISTS"}}), "0: the completion is BAD, expected OK");
    EXPECT_EQ(judge_of("* 1 EXISTS\r\n", {}), "");
}

TEST(ImapAnswer, GivesEachExpectationAResponseOfItsOwn) {
    EXPECT_EQ(judge_of("* 1 EXPUNGE\r\n* 1 EXPUNGE\r\nA1 OK x\r\n", {{"* 1 EXPUNGE"}, {"* 1 EXPUNGE"}}), "");
    EXPECT_EQ(judge_of("* 1 EXPUNGE\r\nA1 OK x\r\n", {{"* 1 EXPUNGE"}, {"* 1 EXPUNGE"}}),
              "2: this one already serves another expectation");
    // Taking the first that fits leaves none for the second: it must go back.
    EXPECT_EQ(judge_of("* 5 EXPUNGE\r\n* 4 EXPUNGE\r\nA1 OK x\r\n", {{"* ${_} EXPUNGE"}, {"* 5 EXPUNGE"}}), "");
    EXPECT_EQ(judge_of("* 4 EXPUNGE\r\n* 6 EXPUNGE\r\n* 5 EXPUNGE\r\nA1 OK x\r\n",
                       {{"* ${n} EXPUNGE"}, {"* ${n+1} EXPUNGE"}, {"* 4 EXPUNGE"}}),
              "");
}

TEST(ImapAnswer, LetsOneFetchServeSeveralExpectations) {
    const std::string_view one = "* 1 FETCH (UID 7 FLAGS (\\Seen))\r\nA1 OK x\r\n";
    EXPECT_EQ(judge_of(one, {{"* 1 FETCH (UID 7)"}, {"* 1 FETCH (FLAGS (\\Seen))"}}), "");
}

TEST(ImapAnswer, BindsCapturesOnlyWhenAllHolds) {
    variables bound;
    const std::string_view octets = "* 2 EXISTS\r\n* OK [UIDNEXT 9] x\r\nA1 OK [APPENDUID 5 8] x\r\n";
    EXPECT_EQ(judge_of(octets,
                       {{"* ${n} EXISTS"}, {"* OK [UIDNEXT ${next:nz-number}]"}, {"OK [APPENDUID ${v} ${next-1}]"}},
                       bound),
              "");
    EXPECT_EQ(*bound.find("n") + *bound.find("next") + *bound.find("v"), "295");
    variables none;
    EXPECT_EQ(judge_of(octets, {{"* ${n} EXISTS"}, {"OK [APPENDUID ${v} 7]"}}, none),
              "2: the completion [APPENDUID 5 8]: value 3 is 8, expected 7");
    EXPECT_EQ(none.find("n"), nullptr);
    EXPECT_EQ(none.find("v"), nullptr);
}

TEST(ImapAnswer, ComparesANameThatIsBound) {
    variables bound;
    bound.set("uid", "7");
    EXPECT_EQ(judge_of("* 1 FETCH (UID 7)\r\nA1 OK x\r\n", {{"* 1 FETCH (UID ${uid})"}}, bound), "");
    EXPECT_EQ(judge_of("* 1 FETCH (UID 9)\r\nA1 OK x\r\n", {{"* 1 FETCH (UID ${uid})"}}, bound),
              "1: UID is 9, expected 7");
    EXPECT_EQ(*bound.find("uid"), "7");
}

TEST(ImapAnswer, CapturesListsStringsAndLiterals) {
    variables bound;
    const std::string_view octets =
        "* 1 FETCH (FLAGS (\\Seen $X) BODY[] {4}\r\na\r\nb INTERNALDATE \"a\\\"b\")\r\nA1 OK x\r\n";
    EXPECT_EQ(judge_of(octets, {{"* 1 FETCH (FLAGS ${flags:list} BODY[] ${body} INTERNALDATE ${date})"}}, bound), "");
    EXPECT_EQ(*bound.find("flags"), "\\Seen $X");
    EXPECT_EQ(*bound.find("body"), "a\r\nb");
    EXPECT_EQ(*bound.find("date"), "a\"b");
}

TEST(ImapAnswer, MustNeverHoldWhatIsForbidden) {
    EXPECT_EQ(judge_of("* 1 EXPUNGE\r\nA1 OK x\r\n", {{"never:* ${_} EXPUNGE"}}), "1: must never come, but did");
    EXPECT_EQ(judge_of("* 1 EXISTS\r\nA1 OK x\r\n", {{"never:* ${_} EXPUNGE"}}), "");
    EXPECT_EQ(judge_of("A1 BAD x\r\n", {{"never:BAD"}}),
              "0: the completion is BAD, expected OK; 1: must never come, but did");
    EXPECT_EQ(judge_of("* SEARCH 1 2\r\nA1 OK x\r\n", {{"never:* SEARCH 1 ${...}"}}), "1: must never come, but did");
    // A capture made by <S> is compared in <never>, wherever that stands.
    EXPECT_EQ(judge_of("* 2 EXISTS\r\n* 2 EXPUNGE\r\nA1 OK x\r\n", {{"never:* ${n} EXPUNGE"}, {"* ${n} EXISTS"}}),
              "1: must never come, but did");
}

TEST(ImapAnswer, HoldsNothingElseWhereExtrasAreForbidden) {
    variables bound;
    const auto judged_strictly = [&](std::string_view octets, std::initializer_list<wish> wishes) {
        return judge_of(octets, wishes, bound, order::free, extra::forbidden);
    };
    EXPECT_EQ(judged_strictly("* 1 EXISTS\r\nA1 OK x\r\n", {{"* 1 EXISTS"}}), "");
    EXPECT_EQ(judged_strictly("* 1 EXISTS\r\n* 0 RECENT\r\nA1 OK x\r\n", {{"* 1 EXISTS"}}),
              "0: nothing beyond what is named may come here");
    EXPECT_EQ(judged_strictly("* 1 EXISTS\r\n* 0 RECENT\r\nA1 OK x\r\n", {{"* 1 EXISTS"}, {"may:* ${_} RECENT"}}), "");
    EXPECT_EQ(judged_strictly("* 1 EXISTS\r\nA1 OK x\r\n", {}), "0: nothing beyond what is named may come here");
}

TEST(ImapAnswer, KeepsItsOrderWhereThatIsAsked) {
    variables bound;
    const auto in_order = [&](std::string_view octets) {
        return judge_of(octets, {{"* 1 EXISTS"}, {"* 0 RECENT"}}, bound, order::kept);
    };
    EXPECT_EQ(in_order("* 1 EXISTS\r\n* OK x\r\n* 0 RECENT\r\nA1 OK x\r\n"), "");
    EXPECT_EQ(in_order("* 0 RECENT\r\n* 1 EXISTS\r\nA1 OK x\r\n"), "2: this one came too early");
}

TEST(ImapAnswer, MayEndWithAContinuationRequest) {
    variables bound;
    EXPECT_EQ(judge_of("+ PDEyMz4=\r\n", {{"+ ${challenge:base64}"}}, bound), "");
    EXPECT_EQ(*bound.find("challenge"), "PDEyMz4=");
    EXPECT_EQ(judge_of("+ idling\r\n", {{"+"}}), "");
    EXPECT_EQ(judge_of("+ VXNlcg==\r\n", {{"+ vxnlcg=="}}), "1: the text is VXNlcg==, expected vxnlcg==");
    EXPECT_EQ(judge_of("A1 NO x\r\n", {{"+"}}), "1: no continuation request came");
    EXPECT_EQ(judge_of("+ go\r\n", {{"OK"}}), "1: no tagged response came");
}

TEST(ImapAnswer, FollowsMessagesThroughExpunges) {
    const std::string_view octets = "* 2 FETCH (UID 8)\r\n* 1 EXPUNGE\r\n* 1 FETCH (UID 9)\r\nA1 OK x\r\n";
    EXPECT_EQ(judge_of(octets, {{"* #2 FETCH (UID 8)"}, {"* #1 EXPUNGE"}, {"* #2 FETCH (UID 9)"}}), "");
    EXPECT_EQ(judge_of(octets, {{"* #1 FETCH (UID 9)"}}), "1: the number is 2, expected 1 (#1)");
    EXPECT_EQ(judge_of(octets, {{"* #3 FETCH (UID 8)"}}), "1: the number is 2, expected 3 (#3)");
    EXPECT_EQ(judge_of("* SEARCH 1 2\r\nA1 OK x\r\n", {{"* SEARCH #2 #1"}}), "");
    // VANISHED moved it: only whoever knows the UIDs can tell.
    variables bound;
    const auto number = [](std::uint32_t n) { return n - 1; };
    EXPECT_EQ(judge_of("* VANISHED 4\r\n* 1 FETCH (UID 9)\r\nA1 OK x\r\n", {{"* #2 FETCH (UID 9)"}}, bound, order::free,
                       extra::allowed, number),
              "");
}

TEST(ImapAnswer, ShowsTheResponseThatCameNearest) {
    const said s = said::imap("* 1 FETCH (UID 7 FLAGS ())\r\n* 2 FETCH (UID 8 FLAGS ())\r\nA1 OK x\r\n");
    variables bound;
    bound.set("uid", "8");
    const auto misses =
        judge(wanted(imap, {{"* 2 FETCH (UID ${uid} FLAGS (\\Seen ${_:flag}))"}}), s.imap_got(), bound, {});
    ASSERT_EQ(misses.size(), 1u);
    EXPECT_EQ(misses[0].line, 1u);
    EXPECT_EQ(misses[0].expected, "* 2 FETCH (UID 8 FLAGS (\\Seen ${_:flag}))");
    EXPECT_EQ(misses[0].came, "* 2 FETCH (UID 8 FLAGS ())");
    EXPECT_EQ(misses[0].why, "FLAGS lacks \\Seen");
}

TEST(ImapAnswer, ShowsWhereLongOctetsPart) {
    variables bound;
    bound.set("message.1", std::string(100, 'a') + "\r\nsame end\r\n");
    const std::string came = std::string(100, 'a') + "\nsame end\r\n";
    EXPECT_EQ(judge_of("* 1 FETCH (BODY[] {" + std::to_string(came.size()) + "}\r\n" + came + ")\r\nA1 OK x\r\n",
                       {{"* 1 FETCH (BODY[] ${message.1})"}}, bound),
              "1: BODY[] has 111 octets, expected 112; differs from octet 100 on: \"\\nsame end\\r\\n\", expected "
              "\"\\r\\nsame end\\r\\n\"");
}

TEST(ImapAnswer, GivesUpOnPatternsThatCouldTakeForEver) {
    std::string octets = "* X";
    std::string source = "* X";
    for (int i = 0; i < 40; ++i) {
        octets += " a";
        source += " ${...} a ${...}";
    }
    EXPECT_NE(judge_of(octets + "\r\nA1 OK x\r\n", {{source + " b"}}), "");
    std::string list = "* SEARCH";
    for (int i = 1; i < 40; ++i)
        list += " ${_}";
    std::string found = "* SEARCH";
    for (int i = 1; i < 41; ++i)
        found += " " + std::to_string(i);
    EXPECT_NE(judge_of(found + "\r\nA1 OK x\r\n", {{list + " ${_:nil}"}}), "");
}

} // namespace
} // namespace mailspec::match::test
