#include "harness/wire/mail/utf7.hpp"

#include <gtest/gtest.h>

namespace {

using namespace mailspec::wire::mail;

TEST(ModifiedUtf7, ReadsTheMailboxesOfTheNotes) {
    EXPECT_EQ(utf7_decode("&g0l6P3ux-"), "\xE8\x8D\x89\xE7\xA8\xBF\xE7\xAE\xB1");
    EXPECT_EQ(utf7_decode("&dcVr0mWHTvZZOQ-"), "\xE7\x97\x85\xE6\xAF\x92\xE6\x96\x87\xE4\xBB\xB6\xE5\xA4\xB9");
    for (const auto* name : {"&g0l6P3ux-", "&XfJT0ZAB-", "&XfJSIJZk-", "&V4NXPpCuTvY-", "&dcVr0mWHTvZZOQ-",
                             "&Xn9USpCuTvY-", "&i6KWBZCuTvY-", "INBOX", "Dan at Real Python"}) {
        EXPECT_TRUE(is_utf7(name)) << name;
        EXPECT_EQ(utf7_encode(*utf7_decode(name)), name);
    }
}

TEST(ModifiedUtf7, WritesTheExampleOfRfc3501) {
    EXPECT_EQ(utf7_encode("~peter/mail/\xE5\x8F\xB0\xE5\x8C\x97/\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E"),
              "~peter/mail/&U,BTFw-/&ZeVnLIqe-");
    EXPECT_EQ(utf7_encode("A&B"), "A&-B");
    EXPECT_EQ(utf7_encode(""), "");
}

TEST(ModifiedUtf7, CarriesEveryCodePoint) {
    const std::string edges =
        "\x01\x7f\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF";
    const auto name = utf7_encode(edges);
    ASSERT_TRUE(name);
    EXPECT_TRUE(is_utf7(*name));
    EXPECT_EQ(utf7_decode(*name), edges);
}

TEST(ModifiedUtf7, RefusesWhatIsNotUtf8) {
    for (const auto* bad : {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF", "\xC3", "a\x80"}) {
        EXPECT_EQ(utf7_encode(bad), std::nullopt);
    }
}

TEST(ModifiedUtf7, RefusesWhatCannotBeRead) {
    for (const auto* bad : {"&", "a&U,BTFw", "&U/BTFw-", "gr\xC3\xBC", "&2AA-", "&3AA-", "&2ADYAA-", "a\tb", "&A-"}) {
        EXPECT_EQ(utf7_decode(bad), std::nullopt) << bad;
        EXPECT_FALSE(is_utf7(bad)) << bad;
    }
}

TEST(ModifiedUtf7, IsNotValidInAnyOtherForm) {
    EXPECT_EQ(utf7_decode("&AGE-"), "a"); // printable ASCII in base64
    EXPECT_FALSE(is_utf7("&AGE-"));
    EXPECT_FALSE(is_utf7("&U,BTFw-&ZeVnLIqe-")); // superfluous shift
    EXPECT_FALSE(is_utf7("&U,BTFx-"));           // spare bits not zero
    EXPECT_FALSE(is_utf7("&ACY-"));              // "&" is "&-"
}

} // namespace
