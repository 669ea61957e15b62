#include "harness/run/scratch_name.hpp"

#include <gtest/gtest.h>

namespace mailspec::run::testing {
namespace {

using namespace std::chrono;

TEST(ScratchName, IsReadBackAsItWasMade) {
    const auto now = sys_days(2026y / November / 26) + hours(9) + minutes(0) + seconds(21);
    const auto token = make_run_token(now);
    EXPECT_TRUE(token.starts_with("20261126t090021-")) << token;
    for (const auto* behind : {"", "-imap", "/below", " b", "&AOQ-"}) {
        const auto origin = read_scratch_name(std::string(scratch_stem) + scenario_token(token, 1200) + behind);
        ASSERT_TRUE(origin) << behind;
        EXPECT_EQ(origin->run_token, token);
        EXPECT_EQ(origin->begun, now);
    }
}

TEST(ScratchName, IsNoNameOfAPerson) {
    for (const auto* name : {"",
                             "mailspec",
                             "mailspec-",
                             "mailspec-notes",
                             "mailspec-2026",
                             "mailspec-20261126t090021",
                             "mailspec-20261126t090021-abcdefgh",
                             "mailspec-20261126t090021-abcdefgh-",
                             "mailspec-20261126t090021-abcdefgh-x",
                             "mailspec-20261126t090021-abcdefgh-7",
                             "mailspec-20261126t090021-abcdefgh-07x",
                             "mailspec-20261126t090021-abcdefgh7x",
                             "mailspec-20261126t090021-abcdefg-7x",
                             "mailspec-20261126t090021-abcdEfgh-7x",
                             "mailspec-20261126T090021-abcdefgh-7x",
                             "mailspec-20261326t090021-abcdefgh-7x",
                             "mailspec-20260230t090021-abcdefgh-7x",
                             "mailspec-20261126t240021-abcdefgh-7x",
                             "mailspec-20261126t096021-abcdefgh-7x",
                             "mailspec-20261126t090061-abcdefgh-7x",
                             "Mailspec-20261126t090021-abcdefgh-7x",
                             " mailspec-20261126t090021-abcdefgh-7x",
                             "a/mailspec-20261126t090021-abcdefgh-7x"})
        EXPECT_FALSE(read_scratch_name(name)) << name;
}

} // namespace
} // namespace mailspec::run::testing
