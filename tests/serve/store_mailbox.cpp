#include "harness/serve/store.hpp"

#include <gmock/gmock.h>

namespace mailspec::serve {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

struct listener final : mailbox_watcher {
    std::vector<std::string> heard;
    void message_added(std::uint32_t uid) override { heard.push_back("added " + std::to_string(uid)); }
    void message_expunged(const stored_message& m) override { heard.push_back("expunged " + std::to_string(m.uid)); }
    void flags_changed(std::uint32_t uid) override { heard.push_back("flags " + std::to_string(uid)); }
    void mailbox_gone() override { heard.push_back("gone"); }
};

stored_message message(std::string octets) {
    stored_message m;
    m.octets = std::make_shared<const std::string>(std::move(octets));
    return m;
}

TEST(Store, GivesEachAccountItsMailboxes) {
    store mail;
    auto& alice = mail.add_account("alice", "secret");
    std::vector<std::string> names;
    for (const auto& [name, box] : alice.mailboxes)
        names.push_back(name + box->special_use);
    EXPECT_THAT(names, UnorderedElementsAre("INBOX", "Archive\\Archive", "Drafts\\Drafts", "Junk\\Junk", "Sent\\Sent",
                                            "Trash\\Trash", "&XfJT0ZAB-"));
    EXPECT_EQ(&alice.inbox(), alice.find_mailbox("inbox"));
    EXPECT_EQ(alice.find_mailbox("sent"), nullptr);
}

TEST(Store, FindsAnAccountByNameOrAddress) {
    store mail;
    auto& alice = mail.add_account("alice", "secret");
    EXPECT_EQ(mail.find("alice"), &alice);
    EXPECT_EQ(mail.find("alice@mailspec.test"), &alice);
    EXPECT_EQ(mail.find("alice@elsewhere.test"), nullptr);
    EXPECT_EQ(mail.find("bob"), nullptr);
}

TEST(Store, NeverUsesAUidTwice) {
    store mail;
    auto& box = mail.add_account("alice", "secret").inbox();
    auto first = box.add(message("a"), nullptr);
    box.expunge(first, nullptr);
    EXPECT_EQ(box.add(message("b"), nullptr), first + 1);
    EXPECT_EQ(box.find(first), nullptr);
    EXPECT_EQ(*box.find(first + 1)->octets, "b");
}

TEST(Store, NeverUsesAUidValidityTwice) {
    store mail;
    auto& alice = mail.add_account("alice", "secret");
    std::set<std::uint32_t> seen;
    for (const auto& [name, box] : alice.mailboxes)
        EXPECT_TRUE(seen.insert(box->uid_validity).second) << name;
    EXPECT_TRUE(seen.insert(mail.next_uid_validity()).second);
}

TEST(Store, TellsEveryWatcherButTheOneThatDidIt) {
    store mail;
    auto& box = mail.add_account("alice", "secret").inbox();
    listener doer, other;
    box.watch(doer);
    box.watch(other);
    auto uid = box.add(message("a"), &doer);
    box.set_flags(uid, {"\\Seen"}, &doer);
    box.set_flags(uid, {"\\Seen"}, &doer);
    box.expunge(uid, &doer);
    box.expunge(uid, &doer);
    EXPECT_TRUE(doer.heard.empty());
    EXPECT_THAT(other.heard, ElementsAre("added 101", "flags 101", "expunged 101"));
    box.unwatch(other);
    box.add(message("b"), &doer);
    EXPECT_EQ(other.heard.size(), 3u);
}

TEST(Store, TellsThatAMailboxIsGone) {
    store mail;
    auto& alice = mail.add_account("alice", "secret");
    listener watcher;
    alice.find_mailbox("Sent")->watch(watcher);
    alice.delete_mailbox("Sent");
    EXPECT_THAT(watcher.heard, ElementsAre("gone"));
    EXPECT_EQ(alice.find_mailbox("Sent"), nullptr);
}

TEST(Store, RenamesWithoutTouchingMessages) {
    store mail;
    auto& alice = mail.add_account("alice", "secret");
    auto* box = alice.find_mailbox("Sent");
    box->add(message("a"), nullptr);
    alice.rename_mailbox("Sent", "Trash");
    EXPECT_EQ(alice.find_mailbox("Sent"), box);
    alice.rename_mailbox("Sent", "gone/out");
    EXPECT_EQ(alice.find_mailbox("gone/out"), box);
    EXPECT_EQ(box->name, "gone/out");
    EXPECT_EQ(box->messages().size(), 1u);
}

} // namespace
} // namespace mailspec::serve
