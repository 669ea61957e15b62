#include "harness/wire/imap/views.hpp"

#include <gmock/gmock.h>

#include <string>

namespace {

using namespace mailspec;
using namespace mailspec::wire::imap;
using testing::ElementsAre;

/// A response and its octets.
struct parsed {
    explicit parsed(std::string line) : octets(std::move(line) + "\r\n") { parse(octets, 0, r, findings); }
    std::string raw(const node* n) const { return n ? std::string(r.values.raw(*n)) : "(null)"; }

    std::string octets;
    response r;
    std::vector<rfc::finding> findings;
};

std::vector<std::string> texts(const parsed& p, const node_range& all) {
    std::vector<std::string> out;
    for (const node& n : all) {
        out.push_back(p.r.values.text(n));
    }
    return out;
}

TEST(ImapValues, UndoEscapes) {
    const parsed p(R"(* X "a\"b\\c" "plain" NIL "NIL")");
    const auto& t = p.r.values;
    EXPECT_THAT(texts(p, arguments(p.r)), ElementsAre("a\"b\\c", "plain", "NIL", "NIL"));
    EXPECT_TRUE(t.equals(*argument(p.r, 0), "a\"b\\c"));
    EXPECT_TRUE(t.equals_ci(*argument(p.r, 0), "A\"B\\C"));
    EXPECT_FALSE(t.equals(*argument(p.r, 0), "a\"b\\"));
    EXPECT_FALSE(t.equals(*argument(p.r, 0), "a\"b\\cd"));
    EXPECT_TRUE(t.equals_ci(*argument(p.r, 1), "PLAIN"));
    EXPECT_FALSE(t.equals(*argument(p.r, 1), "PLAIN"));
    EXPECT_TRUE(t.is_nil(*argument(p.r, 2)));
    EXPECT_FALSE(t.is_nil(*argument(p.r, 3)));
    EXPECT_EQ(argument(p.r, 4), nullptr);
}

TEST(ImapValues, FollowTheirOctetsWhenThoseMove) {
    parsed p("* X abc");
    std::string moved = p.octets;
    p.r.values.rebase(moved);
    p.octets.assign(p.octets.size(), '-');
    EXPECT_EQ(p.raw(argument(p.r, 0)), "abc");
}

TEST(ImapViews, FindFetchItems) {
    const parsed p("* 12 FETCH (uid 4827313 FLAGS (\\Seen $Junk) BODY[HEADER.FIELDS (To)]<0> {2}\r\nab)");
    EXPECT_EQ(p.r.number, 12u);
    EXPECT_EQ(p.raw(find_fetch_item(p.r, "body[header.fields (to)]<0>")), "ab");
    EXPECT_EQ(find_fetch_item(p.r, "ENVELOPE"), nullptr);
    EXPECT_THAT(texts(p, flags_of(p.r)), ElementsAre("\\Seen", "$Junk"));
}

TEST(ImapViews, FindFlagsWhereverTheyStand) {
    const parsed flags("* FLAGS (\\Seen a)");
    const parsed permanent("* OK [PERMANENTFLAGS (\\Seen \\*)] x");
    EXPECT_THAT(texts(flags, flags_of(flags.r)), ElementsAre("\\Seen", "a"));
    EXPECT_THAT(texts(permanent, flags_of(permanent.r)), ElementsAre("\\Seen", "\\*"));
    EXPECT_TRUE(flags_of(parsed("* OK [ALERT] x").r).empty());
}

TEST(ImapViews, FindTheFieldsOfAList) {
    const parsed p("* LIST (\\Sent \\HasNoChildren) \"/\" \"a b\" (OLDNAME (c))");
    const auto list = list_of(p.r);
    ASSERT_TRUE(list);
    EXPECT_EQ(p.raw(list->mailbox), "a b");
    EXPECT_EQ(p.raw(list->delimiter), "/");
    EXPECT_EQ(p.raw(list->extended), "OLDNAME (c)");
    EXPECT_THAT(texts(p, list->attributes), ElementsAre("\\Sent", "\\HasNoChildren"));
    EXPECT_TRUE(has_attribute(p.r, "\\sent"));
    EXPECT_FALSE(has_attribute(p.r, "\\Trash"));
    EXPECT_FALSE(has_attribute(parsed("* LIST () NIL x").r, "\\Trash"));
    EXPECT_FALSE(list_of(parsed("* LIST ()").r));
    EXPECT_FALSE(list_of(parsed("* OK x").r));
}

TEST(ImapViews, FindStatusItems) {
    const parsed p("* STATUS \"x\" (MESSAGES 231 uidnext 44292 SIZE 5000000000 MAILBOXID (F1))");
    EXPECT_EQ(p.raw(status_mailbox(p.r)), "x");
    EXPECT_EQ(status_item(p.r, "MESSAGES"), 231u);
    EXPECT_EQ(status_item(p.r, "UIDNEXT"), 44292u);
    EXPECT_EQ(status_item(p.r, "SIZE"), 5000000000u);
    EXPECT_EQ(status_item(p.r, "MAILBOXID"), std::nullopt);
    EXPECT_EQ(status_item(p.r, "UNSEEN"), std::nullopt);
}

TEST(ImapViews, FindCapabilitiesWhereverTheyStand) {
    const parsed data("* CAPABILITY IMAP4rev1 Idle"), code("a OK [CAPABILITY IMAP4rev1 MOVE] x"),
        enabled("* ENABLED CONDSTORE");
    EXPECT_THAT(texts(data, capabilities_of(data.r)), ElementsAre("IMAP4rev1", "Idle"));
    EXPECT_THAT(texts(code, capabilities_of(code.r)), ElementsAre("IMAP4rev1", "MOVE"));
    EXPECT_THAT(texts(enabled, capabilities_of(enabled.r)), ElementsAre("CONDSTORE"));
    EXPECT_TRUE(capabilities_of(parsed("* CAPABILITY").r).empty());
    EXPECT_TRUE(capabilities_of(parsed("* OK x").r).empty());
}

TEST(ImapViews, FindExtendedSearchItems) {
    const parsed p("* ESEARCH (TAG \"x\") UID MIN 7 COUNT 4");
    EXPECT_EQ(p.raw(find_esearch_item(p.r, "min")), "7");
    EXPECT_EQ(find_esearch_item(p.r, "MAX"), nullptr);
    EXPECT_EQ(find_esearch_item(parsed("* ESEARCH").r, "COUNT"), nullptr);
}

TEST(ImapViews, FindCodesAndTheirArguments) {
    const parsed p("a OK [uidnext 4392] x");
    EXPECT_EQ(code_name(p.r), "uidnext");
    EXPECT_TRUE(has_code(p.r, "UIDNEXT"));
    EXPECT_EQ(code_number(p.r, "UIDNEXT"), 4392u);
    EXPECT_EQ(code_number(p.r, "UIDVALIDITY"), std::nullopt);
    EXPECT_EQ(code_argument(p.r, 1), nullptr);
    EXPECT_EQ(p.raw(p.r.text()), "x");
    EXPECT_EQ(p.r.tag(), "a");
    EXPECT_EQ(p.r.name(), "OK");
    EXPECT_EQ(code_name(parsed("a OK x").r), "");
    EXPECT_EQ(code_name(parsed("* 1 EXISTS").r), "");
}

TEST(ImapViews, FindUidplusCodes) {
    const auto appended = appenduid_of(parsed("a OK [APPENDUID 38505 3955] x").r);
    ASSERT_TRUE(appended);
    EXPECT_EQ(appended->uidvalidity, 38505u);
    const parsed copy("a OK [COPYUID 38505 304,319:320 3956:3958] x");
    const auto copied = copyuid_of(copy.r);
    ASSERT_TRUE(copied);
    EXPECT_EQ(copied->uidvalidity, 38505u);
    EXPECT_EQ(copied->from, "304,319:320");
    EXPECT_EQ(copied->to, "3956:3958");
    EXPECT_FALSE(appenduid_of(copy.r));
    EXPECT_FALSE(copyuid_of(parsed("a OK [COPYUID 1 2] x").r));
}

TEST(ImapViews, FindVanishedUids) {
    const parsed now("* VANISHED 5,7");
    const parsed earlier("* VANISHED (EARLIER) 41");
    EXPECT_EQ(vanished_of(now.r)->uids, "5,7");
    EXPECT_EQ(vanished_of(now.r)->told, vanished_view::when::now);
    EXPECT_EQ(vanished_of(earlier.r)->uids, "41");
    EXPECT_EQ(vanished_of(earlier.r)->told, vanished_view::when::earlier);
    EXPECT_FALSE(vanished_of(parsed("* VANISHED").r));
}

} // namespace
