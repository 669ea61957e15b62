#include "reports/html.hpp"

#include "tests/reports/approved.hpp"
#include "tests/reports/sample_coverage.hpp"
#include "tests/reports/sample_run.hpp"

#include <gmock/gmock.h>

#include <regex>
#include <set>
#include <sstream>

using namespace mailspec;
using mailspec::tests::differs_from_approved;
using mailspec::tests::sample_coverage;
using mailspec::tests::sample_run;
using mailspec::tests::under_attack;
using testing::HasSubstr;
using testing::Not;
using verdict::strictness;

namespace {

std::string html(const verdict::run_record& run, strictness strict = strictness::normal) {
    std::ostringstream out;
    reports::write_html(out, run, sample_coverage(), strict);
    return out.str();
}

std::vector<std::string> all_of(const std::string& text, const char* pattern) {
    const std::regex wanted(pattern);
    std::vector<std::string> out;
    for (auto it = std::sregex_iterator(text.begin(), text.end(), wanted); it != std::sregex_iterator(); ++it)
        out.push_back((*it)[1]);
    return out;
}

} // namespace

TEST(Html, IsWhatWeApproved) { EXPECT_EQ(differs_from_approved("run.html", html(sample_run())), ""); }

TEST(Html, OfARunOfNothingSaysSo) {
    const auto page = html({});
    EXPECT_THAT(page, HasSubstr("Every requirement that was looked at was kept."));
    EXPECT_THAT(page, HasSubstr("</html>"));
}

/// Whatever a server says, a target is called or a scenario is named, it is text.
TEST(Html, LetsNothingBecomeMarkup) {
    const std::string attack = "</pre><script>alert(1)</script><img src=x onerror=\"a\" '\x01\xe2\x80\xae";
    const auto page = html(under_attack(sample_run(), attack));
    EXPECT_EQ(all_of(page, "(<script)").size(), 1u);
    EXPECT_THAT(page, Not(HasSubstr("<img")));
    EXPECT_THAT(page, Not(HasSubstr("\x01")));
    EXPECT_THAT(page, Not(HasSubstr("\xe2\x80\xae")));
    for (const auto& each : all_of(page, "<[a-z]+ ([^>]*)>"))
        EXPECT_THAT(each, Not(HasSubstr("onerror=\"")));
}

/// Nothing is fetched, and every link within the page leads somewhere.
TEST(Html, NeedsNothingButItself) {
    const auto page = html(sample_run());
    EXPECT_THAT(page, HasSubstr("default-src 'none'"));
    EXPECT_THAT(page, Not(HasSubstr(" src=")));
    EXPECT_THAT(page, Not(HasSubstr("<link")));
    const auto ids = all_of(page, " id=\"([^\"]*)\"");
    const std::set<std::string> known(ids.begin(), ids.end());
    EXPECT_EQ(known.size(), ids.size()) << "an id stands twice";
    for (const auto& to : all_of(page, "href=\"#([^\"]*)\""))
        EXPECT_TRUE(known.contains(to)) << to;
}

TEST(Html, JudgesByStrictnessToo) {
    auto run = sample_run();
    std::erase_if(run.scenarios, [](const auto& r) { return r.result != verdict::outcome::deviates; });
    EXPECT_THAT(html(run), HasSubstr("nothing was broken that a server must keep"));
    EXPECT_THAT(html(run, strictness::strict), HasSubstr("the server broke what it must keep"));
}
