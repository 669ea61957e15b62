#include "harness/run/capabilities.hpp"

#include <gtest/gtest.h>

namespace mailspec::run {
namespace {

TEST(Capabilities, AreShownSoThatParametersAreTakenForNothingElse) {
    capabilities got;
    got.begin();
    got.add("PIPELINING");
    got.add("SIZE", "1000");
    got.add("VRFY");
    got.add("ETRN");
    got.add("AUTH", "PLAIN LOGIN");
    got.add("8BITMIME");
    EXPECT_EQ(got.show(), "PIPELINING, SIZE 1000, VRFY ETRN, AUTH PLAIN LOGIN, 8BITMIME");
    got.begin();
    got.add("IMAP4rev1");
    got.add("IDLE");
    EXPECT_EQ(got.show(), "IMAP4rev1 IDLE");
}

} // namespace
} // namespace mailspec::run
