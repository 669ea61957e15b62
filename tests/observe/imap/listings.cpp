#include "tests/observe/imap/dialogue.hpp"

#include <gtest/gtest.h>

#include <string>

namespace mailspec::observe {
namespace {

using testing::broken_by;
using testing::opened;

TEST(ImapList, HasOneDelimiterBelowEachTopLevelName) {
    EXPECT_EQ(broken_by(R"(
        C: a1 LIST "" *
        S: * LIST () "/" a/b
        S: * LIST () "/" a
        S: * LIST () NIL a.c
        S: * LIST () "." news.x
        S: a1 OK done)"),
              "");
    EXPECT_EQ(broken_by(R"(
        C: a1 LIST "" *
        S: * LIST () "/" a/b
        S: * LIST () "." a.c
        S: a1 OK done)"),
              "list.one-delimiter");
}

TEST(ImapList, ChildrenAreNotDenied) {
    EXPECT_EQ(broken_by(R"(
        C: a1 LIST "" *
        S: * LIST (\HasNoChildren) "/" a
        S: * LIST (\HasNoChildren) "/" INBOX
        S: * LIST () "/" INBOX/x
        S: * LIST (\NonExistent) "/" a/b
        S: * LIST (\Noinferiors) "/" ab
        S: * LIST () "/" abc/d
        S: a1 OK done
        C: a2 LIST "" *
        S: * LIST () "/" a/c
        S: a2 OK done)"),
              "");
    const std::string now = R"(
        C: a1 LIST "" *
        S: * LIST (\HasNoChildren) "/" a
        S: * LIST () "/" a/b/c
        S: a1 OK done
)";
    EXPECT_EQ(broken_by(now), "") << "it may have been made meanwhile";
    EXPECT_EQ(broken_by(now + now), "list.hasnochildren");
    const std::string ever = R"(
        C: a1 LIST "" *
        S: * LIST () "/" a/b
        S: * LIST (\Noinferiors) "/" a
        S: a1 OK done
)";
    EXPECT_EQ(broken_by(ever + ever), "list.noinferiors");
}

TEST(ImapList, NamesAreModifiedUtf7) {
    const std::string rev1 = "S: * CAPABILITY IMAP4rev1 IMAP4rev2\n", rev2 = "S: * CAPABILITY IMAP4rev2\n";
    const std::string ampersand = "S: * LIST () \"/\" \"A&B\"", beyond = "S: * LIST () \"/\" \"Entw\xc3\xbcrfe\"";
    EXPECT_EQ(broken_by(rev1 + "S: * LIST () \"/\" Entw&APw-rfe\nS: * LIST () \"/\" \"A&-B\""), "");
    EXPECT_EQ(broken_by(rev1 + ampersand), "list.name-utf7");
    EXPECT_EQ(broken_by(rev1 + beyond), "quoted.utf8-unasked list.name-ascii");
    EXPECT_EQ(broken_by(rev1 + "C: l1 LOGIN alice secret\nS: l1 OK done\n" + ampersand), "list.name-utf7");
    EXPECT_EQ(broken_by(rev1 + "C: a1 ENABLE IMAP4rev2\nS: a1 OK done\n" + beyond), "");
    EXPECT_EQ(broken_by(rev2 + beyond + "\n" + ampersand), "") << "Net-Unicode without ENABLE";
    const std::string half = "S: * LIST () \"/\" \"Entw\xc3rfe\"";
    EXPECT_EQ(broken_by(rev2 + half), "list.name-utf8");
    EXPECT_EQ(broken_by(rev1 + "C: a1 ENABLE UTF8=ACCEPT\nS: a1 OK done\n" + half), "list.name-utf8");
    EXPECT_EQ(broken_by(rev1 + "C: a1 ENABLE CONDSTORE\nS: a1 OK done\n" + half), "") << "which is about no names";
    EXPECT_EQ(broken_by(beyond), "") << "which it is was not told";
}

TEST(ImapCapability, IsKept) {
    const std::string in = R"(
        C: l1 LOGIN alice secret
        S: l1 OK [CAPABILITY IMAP4rev1 NAMESPACE UNSELECT IDLE ID] done
)";
    for (const std::string command : {"NAMESPACE", "IDLE", "ID NIL"})
        EXPECT_EQ(broken_by(in + "C: a1 " + command + "\nS: a1 BAD what is that"), "capability.honoured") << command;
    for (const std::string command : {"UNSELECT", "NAMESPACE x", "ID (\"a\" \"b\")", "XYZZY"})
        EXPECT_EQ(broken_by(in + "C: a1 " + command + "\nS: a1 BAD what is that"), "") << command;
    EXPECT_EQ(broken_by(in + "C: a1 NAMESPACE\nS: a1 NO not now"), "");
    EXPECT_EQ(broken_by("C: a1 NAMESPACE\nS: a1 BAD not now"), "");
    EXPECT_EQ(broken_by(in + "C: a1 IDLE\nS: + idling\nC: DUNE\nS: a1 BAD not DONE"), "");
    EXPECT_EQ(broken_by(in + "C: s1 SELECT x\nS: s1 OK done\nC: a1 UNSELECT\nS: a1 BAD what"), "capability.honoured");
}

TEST(ImapCapability, IsKeptForWhatIsWellFormed) {
    const std::string in = R"(
        C: l1 LOGIN alice secret
        S: l1 OK [CAPABILITY IMAP4rev1 ENABLE MOVE UIDPLUS ESEARCH] done
)";
    const auto refused = [](const std::string& command) { return "C: a1 " + command + "\nS: a1 BAD what is that"; };
    EXPECT_EQ(broken_by(in + refused("ENABLE CONDSTORE")), "capability.honoured");
    EXPECT_EQ(broken_by(in + refused("ENABLE")), "");
    EXPECT_EQ(broken_by(in + opened(refused("ENABLE CONDSTORE"))), "") << "too late";
    for (const std::string command : {"MOVE 3 other", "UID MOVE 4:7,9 other", "UID EXPUNGE 1:4", "SEARCH RETURN () ALL",
                                      "UID SEARCH RETURN (MIN MAX COUNT) ALL"}) {
        EXPECT_EQ(broken_by(in + opened(refused(command))), "capability.honoured") << command;
        EXPECT_EQ(broken_by(in + refused(command)), "") << "nothing is selected: " << command;
        EXPECT_EQ(broken_by(opened(refused(command))), "") << "not announced: " << command;
    }
    for (const std::string command : {"MOVE 4 other", "MOVE 1 box", "MOVE 1 a/b", "UID MOVE 4:* other", "UID MOVE 0 x",
                                      "UID EXPUNGE", "SEARCH RETURN (X) ALL"})
        EXPECT_EQ(broken_by(in + opened(refused(command))), "") << command;
    EXPECT_EQ(broken_by(in + "C: s1 EXAMINE box\nS: * 3 EXISTS\nS: s1 OK [READ-ONLY]\n" + refused("MOVE 3 other")), "");
}

TEST(ImapCapability, ChangesWithStarttlsAndLogin) {
    const std::string before = "S: * CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\n";
    EXPECT_EQ(broken_by(before + "C: a1 LOGIN a b\nS: a1 NO disabled"), "");
    EXPECT_EQ(broken_by(before + "C: a1 LOGIN a b\nS: a1 OK welcome"), "login.disabled");
    const std::string tls = before + "C: t1 STARTTLS\nS: t1 OK go\n";
    EXPECT_EQ(broken_by(tls + "C: a1 LOGIN a b\nS: a1 OK welcome"), "");
    EXPECT_EQ(broken_by(tls + "S: * CAPABILITY IMAP4rev1 AUTH=PLAIN"), "");
    EXPECT_EQ(broken_by(tls + "S: * CAPABILITY IMAP4rev1 STARTTLS"), "capability.no-starttls");
}

} // namespace
} // namespace mailspec::observe
