#include "tests/run/puppet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mailspec::run::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using verdict::outcome;

constexpr std::string_view watched = R"(<imap state="selected"/><effect><C>NOOP</C></effect>)";

TEST(AListedName, IsQuotedWhereAWildcardOrASpaceIsInIt) {
    auto server = puppet::imap();
    server.answers["LIST"] = {
        "* LIST () \"/\" mailspec-t0k3n\r\n* LIST () \"/\" \"mailspec-t0k3n-50% *\"\r\n@ OK done\r\n"};
    server.answers["UID FETCH"] = {puppet::fetched("")};
    const auto p = play(watched, server);
    EXPECT_EQ(p.record.result, outcome::conforms) << p.record.reason << p.transcript;
    EXPECT_THAT(server.heard, Contains(HasSubstr("EXAMINE \"mailspec-t0k3n-50% *\"\r\n")));
    EXPECT_THAT(server.heard, Contains(HasSubstr("DELETE \"mailspec-t0k3n-50% *\"\r\n")));
}

TEST(AListedName, IsNotSaidWhereNoCommandCanCarryIt) {
    auto server = puppet::imap();
    server.answers["LIST"] = {"* LIST () \"/\" mailspec-t0k3n\r\n"
                              "* LIST () \"/\" {31}\r\nmailspec-t0k3n\r\na9 DELETE INBOX\r\n@ OK done\r\n"};
    server.answers["UID FETCH"] = {puppet::fetched("")};
    play(watched, server);
    EXPECT_THAT(server.heard, Contains(HasSubstr("EXAMINE mailspec-t0k3n\r\n")));
    EXPECT_THAT(server.heard, Not(Contains(HasSubstr("INBOX"))));
}

TEST(AListOfSubscriptions, IsAskedForByLsubOnlyWhereTheServerHasIt) {
    for (const auto& [can, asks] :
         {std::pair{"IMAP4rev1", "LSUB"}, std::pair{"IMAP4rev1 IMAP4rev2", "LSUB"},
          std::pair{"IMAP4rev1 LIST-EXTENDED", "LSUB"}, std::pair{"IMAP4rev2", "LIST (SUBSCRIBED)"}}) {
        auto server = puppet::imap();
        server.answers["LOGIN"] = {"@ OK [CAPABILITY " + std::string(can) + "] done\r\n"};
        server.answers["UID FETCH"] = {puppet::fetched("")};
        server.answers["LIST (SUBSCRIBED)"] = {"* LIST (\\Subscribed) \"/\" mailspec-t0k3n\r\n@ OK done\r\n",
                                               "@ OK done\r\n"};
        const auto p = play(watched, server);
        const bool lsub = std::string_view(asks) == "LSUB"; // the other one loses a subscription
        EXPECT_THAT(server.heard, Contains(HasSubstr(std::string(asks) + " \"\" mailspec-t0k3n*"))) << can;
        EXPECT_EQ(p.record.result, lsub ? outcome::conforms : outcome::violates) << can << p.record.reason;
    }
}

} // namespace
} // namespace mailspec::run::testing
