#include "tests/observe/imap/dialogue.hpp"

#include <gtest/gtest.h>

#include <string>

namespace mailspec::observe {
namespace {

using testing::broken_by;
using testing::details_of;

TEST(ImapNamespace, HasPrefixesInModifiedUtf7) {
    EXPECT_EQ(broken_by(R"(
        C: a1 NAMESPACE
        S: * NAMESPACE (("" "/")("#mh/" "/")) (("~" NIL)) (("&AMQ-ffentlich/" "/"))
        S: a1 OK done)"),
              "");
    EXPECT_EQ(broken_by(R"(
        C: a1 NAMESPACE
        S: * NAMESPACE (("" "/")) NIL (("f&r alle/" "/"))
        S: a1 OK done)"),
              "namespace.utf7");
}

TEST(ImapNamespace, NamesWhatNoStandardHasWithX) {
    EXPECT_EQ(broken_by(R"(
        C: a1 NAMESPACE
        S: * NAMESPACE (("" "/" "x-param" ("FLAG1" "FLAG2") "TRANSLATION" ("Meine/"))) NIL NIL
        S: a1 OK done)"),
              "");
    EXPECT_EQ(broken_by(R"(
        C: a1 NAMESPACE
        S: * NAMESPACE (("" "/" "X-ONE" ("1") "PARAM" ("FLAG1"))) NIL NIL
        S: a1 OK done)"),
              "namespace.extension-names");
}

TEST(ImapIdle, GoesOnUntilDone) {
    EXPECT_EQ(broken_by(R"(
        C: a1 IDLE
        S: + idling
        C: DONE
        S: a1 OK done
        C: a2 IDLE
        S: a2 NO not now
        C: a3 IDLE
        S: + idling
        S: a3 BAD enough)"),
              "");
    EXPECT_EQ(broken_by(R"(
        C: a1 IDLE
        S: + idling
        S: a1 OK done)"),
              "idle.until-done");
}

TEST(ImapCapability, IsNotChangedByEnable) {
    const std::string before = R"(
        C: a1 CAPABILITY
        S: * CAPABILITY IMAP4rev1 ENABLE ID CONDSTORE
        S: a1 OK done
)";
    const std::string enable = "C: a2 ENABLE CONDSTORE\nS: * ENABLED CONDSTORE\nS: a2 OK done\n";
    const std::string same = "C: a3 CAPABILITY\nS: * CAPABILITY imap4rev1 ID CONDSTORE ENABLE\nS: a3 OK done\n";
    const std::string other = "C: a3 CAPABILITY\nS: * CAPABILITY IMAP4rev1 ID CONDSTORE ENABLE X\nS: a3 OK done\n";
    EXPECT_EQ(broken_by(before + enable + same), "");
    EXPECT_EQ(broken_by(before + enable + other), "enable.capability-same");
    EXPECT_EQ(broken_by(before + other), "");
    EXPECT_EQ(broken_by(before + "C: a2 NOOP\nS: a2 OK done\n" + enable + other), "");
    EXPECT_EQ(broken_by(before + enable + "C: b2 LOGIN a b\nS: b2 OK done\n" + other), "");
}

TEST(ImapCapability, IsNotChangedById) {
    const std::string before = "C: a1 CAPABILITY\nS: * CAPABILITY IMAP4rev1 ID\nS: a1 OK done\n";
    const std::string id = "C: a2 ID NIL\nS: * ID NIL\nS: a2 OK done\n";
    const std::string other = "C: a3 CAPABILITY\nS: * CAPABILITY IMAP4rev1 ID IDLE\nS: a3 OK done\n";
    EXPECT_EQ(details_of(before + id + other), "ID changed the capabilities");
    EXPECT_EQ(broken_by(before + id + "C: b2 SELECT box\nS: b2 NO none\n" + other), "");
}

} // namespace
} // namespace mailspec::observe
