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

} // namespace
} // namespace mailspec::serve
