#include "harness/wire/mail/dates.hpp"

#include <gtest/gtest.h>

namespace {

using namespace mailspec::wire::mail;

TEST(InternalDate, ReadsBackWhatItWrites) {
    for (const auto* text : {"17-Jul-1996 02:44:25 -0700", " 1-Jan-2000 00:00:00 +0000", "29-Feb-2024 23:59:59 +1245",
                             "31-Dec-1969 23:59:59 +0000", "30-Nov-2018 13:30:12 +0800"}) {
        const auto read = parse_internal_date(text);
        ASSERT_TRUE(read) << text;
        EXPECT_EQ(format_internal_date(*read), text);
    }
    EXPECT_EQ(parse_internal_date("17-Jul-1996 02:44:25 -0700")->seconds, 837596665);
    EXPECT_EQ(parse_internal_date("17-jUL-1996 02:44:25 -0700")->zone_minutes, -420);
}

TEST(InternalDate, RefusesEveryOtherForm) {
    for (const auto* text :
         {"", "1-Jan-2000 00:00:00 +0000", "01-Jan-2000 00:00:00", "30-Feb-2000 00:00:00 +0000",
          "01-Jam-2000 00:00:00 +0000", "01-Jan-2000 24:00:00 +0000", "01-Jan-2000 00:60:00 +0000",
          "01-Jan-2000 00:00:61 +0000", "01-Jan-2000 00:00:00  0000", "01-Jan-2000T00:00:00 +0000",
          "00-Jan-2000 00:00:00 +0000", "01-Jan-2000 00:00:00 +0060", "aa-Jan-2000 00:00:00 +0000"}) {
        EXPECT_FALSE(parse_internal_date(text)) << text;
    }
}

TEST(MailDate, ReadsRfc5322AndItsObsoleteForms) {
    const auto usual = parse_mail_date("Wed, 17 Jul 1996 02:23:25 -0700 (PDT)");
    ASSERT_TRUE(usual);
    EXPECT_EQ(usual->seconds, 837595405);
    EXPECT_EQ(usual->zone_minutes, -420);
    EXPECT_EQ(parse_mail_date("21 Nov 97 09:55:06 GMT")->seconds, 880106106);
    EXPECT_FALSE(parse_mail_date("yesterday"));
    EXPECT_FALSE(parse_mail_date(""));
    EXPECT_EQ(format_mail_date(*usual), "Wed, 17 Jul 1996 02:23:25 -0700");
    EXPECT_EQ(format_mail_date({0, 0}), "Thu, 1 Jan 1970 00:00:00 +0000");
}

TEST(SearchDay, ComparesWhatIsShownAndNotTheInstant) {
    EXPECT_EQ(parse_day("1-Jan-1970"), 0);
    EXPECT_EQ(parse_day("01-Jan-1970"), 0);
    EXPECT_EQ(parse_day("2-jan-1970"), 1);
    for (const auto* bad : {"", "1", "1-Jan-70", "32-Jan-1970", "001-Jan-1970", " 1-Jan-1970", "1-Jan-1970 "}) {
        EXPECT_FALSE(parse_day(bad)) << bad;
    }
    EXPECT_EQ(shown_day(*parse_internal_date(" 1-Jan-1970 23:30:00 -0100")), 0);
    EXPECT_EQ(shown_day(*parse_internal_date(" 1-Jan-1970 00:30:00 +0100")), 0);
}

} // namespace
