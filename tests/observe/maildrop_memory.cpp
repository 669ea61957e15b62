#include "harness/observe/maildrop_memory.hpp"

#include "tests/observe/pop3_talk.hpp"

#include <gtest/gtest.h>

namespace mailspec::observe {
namespace {

using ids = std::set<std::string>;

/// Two messages with these sizes and unique-ids, listed in a session of alice.
std::string listed(std::string_view first, std::string_view first_id, std::string_view second,
                   std::string_view second_id) {
    return "S: +OK\nC: USER alice\nS: +OK\nC: PASS x\nS: +OK\nC: LIST\nS: +OK\nS: 1 " + std::string(first) + "\nS: 2 " +
           std::string(second) + "\nS: .\nC: UIDL\nS: +OK\nS: 1 " + std::string(first_id) + "\nS: 2 " +
           std::string(second_id) + "\nS: .\n";
}

const auto original = listed("120", "a", "200", "b");

ids found(maildrop_memory& memory, const std::string& dialogue) { return pop3_talk(&memory)(dialogue); }

TEST(MaildropMemory, SeesUniqueIdsThatDoNotPersist) {
    maildrop_memory memory;
    EXPECT_EQ(found(memory, original + "C: QUIT\nS: +OK\n"), ids());
    EXPECT_EQ(found(memory, original), ids());
    EXPECT_EQ(found(memory, listed("120", "a", "200", "c")), ids{"pop3.uidl.persists"});
    EXPECT_EQ(found(memory, listed("120", "a", "200", "c")), ids()) << "each session is compared with the one before";
}

TEST(MaildropMemory, IsQuietWhereTheMaildropMayHaveChanged) {
    maildrop_memory memory;
    found(memory, original);
    EXPECT_EQ(found(memory, listed("120", "b", "200", "c")), ids()) << "the first is gone, another has come";
    memory.forget("alice");
    found(memory, original);
    EXPECT_EQ(found(memory, listed("120", "a", "201", "c")), ids()) << "another message";
    found(memory, original + "C: RETR 2\nS: +OK\nS: .\n");
    EXPECT_EQ(found(memory, listed("120", "a", "200", "c")), ids()) << "what was fetched may be removed by policy";
    found(memory, original + "C: DELE 1\nS: +OK\nC: QUIT\nS: +OK\n");
    EXPECT_EQ(found(memory, listed("200", "b", "200", "c")), ids()) << "one was deleted, one has come";
    found(memory, original + "C: DELE 1\nS: +OK\nC: QUIT\n");
    EXPECT_EQ(found(memory, listed("120", "c", "200", "d")), ids()) << "what QUIT did was not told";
    memory.forget("alice");
    EXPECT_EQ(found(memory, listed("120", "x", "200", "y")), ids()) << "filled anew";
    found(memory, original + "C: XTND REMOVE\nS: +OK\nS: what\n");
    EXPECT_EQ(found(memory, listed("120", "a", "200", "z")), ids()) << "what it did cannot be told";
    memory.distrust();
    found(memory, original);
    EXPECT_EQ(found(memory, listed("120", "x", "200", "y")), ids());
}

TEST(MaildropMemory, KnowsOneUserFromAnother) {
    maildrop_memory memory;
    found(memory, original);
    auto of_bob = listed("120", "x", "200", "y");
    of_bob.replace(of_bob.find("alice"), 5, "bob");
    EXPECT_EQ(found(memory, of_bob), ids());
    auto of_whom = listed("120", "x", "200", "y");
    of_whom.replace(of_whom.find("C: USER alice\nS: +OK\nC: PASS x"), 30, "C: AUTH PLAIN AGEAYg==");
    EXPECT_EQ(found(memory, of_whom), ids());
}

} // namespace
} // namespace mailspec::observe
