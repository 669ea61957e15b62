#include "harness/rfc/catalogue.hpp"
#include "harness/serve/imap/garble.hpp"
#include "harness/serve/mischief.hpp"
#include "harness/wire/buffer.hpp"
#include "harness/wire/imap/frame_reader.hpp"
#include "harness/wire/imap/response.hpp"

#include "tests/serve/imap_client.hpp"

#include <gmock/gmock.h>

namespace mailspec::serve {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// A dialogue in which every kind of response comes up.
const char* const whole_dialogue[] = {"a CAPABILITY",
                                      "a ID NIL",
                                      "a LOGIN alice alice-secret",
                                      "a NOOP",
                                      "a ENABLE X",
                                      "a NAMESPACE",
                                      "a CREATE a/b",
                                      "a SUBSCRIBE a/b",
                                      "a LIST \"\" *",
                                      "a LIST \"\" \"\"",
                                      "a LIST (SUBSCRIBED RECURSIVEMATCH) \"\" %",
                                      "a LSUB \"\" %",
                                      "a SELECT INBOX",
                                      "a FETCH 1 RFC822.SIZE",
                                      "a FETCH 1 UID",
                                      "a FETCH 1 FULL",
                                      "a UID FETCH 101 (BODYSTRUCTURE BODY.PEEK[TEXT] BINARY[1] BINARY.SIZE[1])",
                                      "a FETCH 1 (BODY[]<2.3> RFC822.HEADER)",
                                      "a FETCH 1 BODY[]",
                                      "a SEARCH ALL",
                                      "a SEARCH CHARSET X ALL",
                                      "a SEARCH RETURN (ALL COUNT) ALL",
                                      "a STORE 1 +FLAGS ($Work \\Deleted)",
                                      "a COPY 1 Sent",
                                      "a APPEND INBOX {3+}\r\nabc",
                                      "a EXPUNGE",
                                      "a STATUS INBOX (MESSAGES SIZE)",
                                      "a IDLE",
                                      "DONE",
                                      "a WHAT",
                                      "a LOGOUT"};

std::string play_all(imap_world& world) {
    world.deliver(plain_message);
    auto c = world.connect();
    auto out = c.greeting();
    for (auto* line : whole_dialogue)
        out += c.say(line);
    return out;
}

/// What our own parser finds in it.
std::vector<rfc::finding> findings_in(const std::string& octets) {
    std::vector<rfc::finding> found;
    wire::buffer buffer;
    std::ranges::copy(octets, buffer.prepare(octets.size()).begin());
    buffer.commit(octets.size());
    wire::imap::frame_reader reader;
    wire::imap::response response;
    for (auto r = reader.next(buffer); r.what == wire::reading::kind::ready; r = reader.next(buffer))
        wire::imap::parse(buffer.bytes(r.got), r.got.at, response, found);
    return found;
}

std::set<std::string> ids_of(const std::vector<rfc::finding>& findings) {
    std::set<std::string> ids;
    for (const auto& f : findings)
        ids.emplace(f.broken->id);
    return ids;
}

TEST(ImapMischief, WithoutAnyTheOutputHasNoFinding) {
    imap_world world;
    for (const auto& f : findings_in(play_all(world)))
        ADD_FAILURE() << f.broken->id << ": " << f.detail << " at " << f.at;
}

TEST(ImapMischief, EachGarblingIsFoundByItsRequirement) {
    for (const auto& g : imap::garblings()) {
        if (!g.broken->id.starts_with("imap.syntax."))
            continue; // the parser can't know it
        imap_world world;
        mischief breaches({std::string(g.broken->id)});
        world.options.breaches = &breaches;
        EXPECT_THAT(ids_of(findings_in(play_all(world))), testing::Contains(std::string(g.broken->id))) << g.from;
    }
}

TEST(ImapMischief, RefusesAnIdThatNothingCanBreak) {
    EXPECT_EQ(mischief::refused({"imap.fetch.rfc822.sets-seen", "imap.magic"}), "imap.magic");
    EXPECT_EQ(mischief::refused({"imap.fetch.rfc822.sets-seen"}), "");
    EXPECT_FALSE(mischief({"imap.magic"}).any());
}

TEST(ImapMischief, BreaksOnlyWhatItIsToldTo) {
    mischief one({"imap.noop.succeeds"});
    EXPECT_TRUE(one.breaks(rfc::req::imap_noop_succeeds));
    EXPECT_FALSE(one.breaks(rfc::req::imap_logout_bye));
    EXPECT_FALSE(mischief::none().breaks(rfc::req::imap_noop_succeeds));
}

TEST(ImapMischief, EveryBaseRequirementOfImapCanBeBroken) {
    for (const auto& r : rfc::catalogue()) {
        if (!r.id.starts_with("imap.") || r.id.starts_with("imap.syntax.") || !r.untestable.empty())
            continue;
        EXPECT_EQ(mischief::refused({std::string(r.id)}), "") << "nothing breaks it";
    }
}

/// Each breach makes the dialogue go otherwise; what the scenarios make of it is tested with them.
TEST(ImapMischief, EachKnownBreachChangesWhatAClientSees) {
    for (const auto* r : mischief::known()) {
        if (!r->id.starts_with("imap.") || r->id.starts_with("imap.syntax."))
            continue;
        mischief breaches({std::string(r->id)});
        auto play = [&](const mischief& b) {
            imap_world world;
            world.options.breaches = &b;
            world.deliver(plain_message, {"\\Seen", "\\Deleted"});
            world.deliver(plain_message, {"\\Deleted"});
            world.deliver(plain_message);
            world.deliver(two_parts);
            auto c = world.connect();
            auto out = c.greeting() + c.say("a STARTTLS");
            if (c.wants_tls())
                c.tls_started();
            for (std::string line : {"a CAPABILITY",
                                     "a ID NIL",
                                     "a NOOP",
                                     "a WHAT",
                                     "a AUTHENTICATE PLAIN eA==",
                                     "*",
                                     "a LOGIN alice wrong",
                                     "a LOGIN alice alice-secret",
                                     "a ENABLE X",
                                     "a NAMESPACE",
                                     "a IDLE",
                                     "DONE",
                                     "a CREATE x",
                                     "a CREATE x",
                                     "a RENAME x y",
                                     "a SUBSCRIBE y",
                                     "a CREATE y/below",
                                     "a SUBSCRIBE y/below",
                                     "a CREATE v/below",
                                     "a RENAME v w",
                                     "a DELETE w",
                                     "a LIST \"\" w*",
                                     "a LIST (SUBSCRIBED RECURSIVEMATCH) \"\" y",
                                     "a DELETE y/below",
                                     "a LSUB \"\" *",
                                     "a LIST \"\" \"\"",
                                     "a LIST \"\" *",
                                     "a LIST \"\" y",
                                     "a DELETE y",
                                     "a LIST \"\" *",
                                     "a SELECT nowhere",
                                     "a DELETE nowhere",
                                     "a EXAMINE INBOX",
                                     "a FETCH 2 BODY[]",
                                     "a FETCH 2 FLAGS",
                                     "a FETCH 2 RFC822.SIZE",
                                     "a SELECT INBOX",
                                     "a SEARCH ALL",
                                     "a SEARCH NEW",
                                     "a SEARCH SEEN",
                                     "a UID SEARCH ALL",
                                     "a SEARCH RETURN (COUNT) ALL",
                                     "a SEARCH CHARSET X ALL",
                                     "a FETCH 1 FULL",
                                     "a UID FETCH 101 FLAGS",
                                     "a FETCH 2 RFC822.HEADER",
                                     "a FETCH 2 BODY.PEEK[]",
                                     "a FETCH 2 RFC822",
                                     "a STORE 2 -FLAGS (\\Seen)",
                                     "a FETCH 2 RFC822.TEXT",
                                     "a STORE 2 -FLAGS (\\Seen)",
                                     "a FETCH 2 BODY[]",
                                     "a FETCH 2 BODY[TEXT]<2.3>",
                                     "a FETCH 2 BODY[HEADER.FIELDS (To)]",
                                     "a FETCH 2 (RFC822.SIZE UID)",
                                     "a FETCH 4 BINARY.PEEK[1]",
                                     "a FETCH 4 BINARY[1]",
                                     "a FETCH 3:1 UID",
                                     "a UID FETCH 999:* FLAGS",
                                     "a STORE 1 +FLAGS (\\Flagged)",
                                     "a FETCH 1:3 FLAGS",
                                     "a COPY 1 nowhere",
                                     "a COPY 1 Sent",
                                     "a FETCH 1 (FLAGS INTERNALDATE)",
                                     "a STORE 3 +FLAGS (\\Answered)",
                                     "a MOVE 3 Trash",
                                     "a UID EXPUNGE 101",
                                     "a UNSELECT",
                                     "a SELECT INBOX",
                                     "a EXPUNGE",
                                     "a APPEND nowhere {3+}\r\nabc",
                                     "a APPEND INBOX (\\Deleted) \"17-Jul-1996 02:44:25 +0000\" {3+}\r\nabc",
                                     "a NOOP",
                                     "a FETCH * FULL",
                                     "a CLOSE",
                                     "a SELECT Sent",
                                     "a FETCH 1 FLAGS",
                                     "a STATUS INBOX (MESSAGES)",
                                     "a STATUS inbox (MESSAGES)",
                                     "a LIST \"\" &XfJT0ZAB-",
                                     "a STATUS Sent (UIDNEXT UIDVALIDITY)",
                                     "a CREATE mailspec-x",
                                     "a LIST \"\" mailspec-x",
                                     "a SELECT Trash",
                                     "a FETCH 1 FLAGS",
                                     "a LOGOUT"})
                out += c.say(line);
            auto by_sasl = world.connect();
            out += by_sasl.say("a AUTHENTICATE PLAIN AGFsaWNlAGFsaWNlLXNlY3JldA==");
            auto other = world.log_in();
            return out + other.say("b SELECT Sent") + other.say("b SELECT INBOX") + other.say("b FETCH 1 FLAGS");
        };
        EXPECT_NE(play(breaches), play(mischief::none())) << r->id;
    }
}

} // namespace
} // namespace mailspec::serve
