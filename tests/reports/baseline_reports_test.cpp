// What each report makes of a run that is compared with a baseline.
#include "harness/verdict/baseline.hpp"
#include "reports/console.hpp"
#include "reports/html.hpp"
#include "reports/summary.hpp"

#include "tests/reports/approved.hpp"
#include "tests/reports/sample_coverage.hpp"
#include "tests/reports/sample_run.hpp"
#include "tests/reports/written.hpp"

#include <gmock/gmock.h>

#include <sstream>

using namespace mailspec;
using mailspec::tests::differs_from_approved;
using mailspec::tests::sample_run_against_baseline;
using reports::console_options;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using verdict::strictness;

namespace {

std::string console(const console_options& options, const verdict::run_record& run = sample_run_against_baseline()) {
    return mailspec::tests::on_console(run, options);
}

std::string junit(strictness strict) { return mailspec::tests::as_junit(sample_run_against_baseline(), strict); }

} // namespace

TEST(AgainstABaseline, TheConsoleIsWhatWeApproved) {
    EXPECT_EQ(differs_from_approved("console-baseline.txt", console({})), "");
}

TEST(AgainstABaseline, ATerminalHasALineForWhatIsKnownOrBetter) {
    const auto text = console({.to = console_options::medium::terminal, .columns = 200});
    for (const auto* line : {"known       imap/fetch/rfc822-sets-seen: violates: ",
                             "better      imap/greeting: conforms; ", "unsupported imap/uidplus/expunge: "})
        EXPECT_THAT(text, HasSubstr(line));
    EXPECT_THAT(text, Not(HasSubstr("VIOLATES imap/fetch/rfc822-sets-seen")));
    EXPECT_THAT(text, HasSubstr("0 running, 3 failed  imap/store"));
}

TEST(AgainstABaseline, QuietTellsWhatIsNewAndTheClosingLine) {
    const auto text = console({.how_much = console_options::detail::quiet});
    EXPECT_THAT(text, Not(HasSubstr("rfc822-sets-seen")));
    EXPECT_THAT(text, HasSubstr("VIOLATES mail/submitted-is-found"));
    EXPECT_THAT(text, EndsWith("1 broken; 3 known, 4 new, 2 better\n"));
}

TEST(AgainstABaseline, VerboseTellsAllInFull) {
    const auto text = console({.how_much = console_options::detail::verbose});
    EXPECT_THAT(text, HasSubstr("VIOLATES imap/fetch/rfc822-sets-seen: FETCH RFC822 sets \\Seen\n"
                                "  baseline   known by the baseline\n"));
}

TEST(AgainstABaseline, NothingIsSaidWhereNothingDiffers) {
    auto run = sample_run_against_baseline();
    std::erase_if(run.scenarios, [](const auto& r) { return r.info.id != "imap/greeting"; });
    run.scenarios[0].compared = std::make_shared<verdict::comparison>();
    EXPECT_THAT(console({}, run), HasSubstr("against known.json\n  nothing differs, and nothing failed\n"));
}

TEST(AgainstABaseline, OfWhatIsNewNoRequirementIsListedThatWasBrokenBefore) {
    auto run = sample_run_against_baseline();
    std::erase_if(run.scenarios, [](const auto& r) { return r.info.id != "imap/fetch/rfc822-sets-seen"; });
    auto& both = run.scenarios.at(0);
    const std::string before(tests::a_must().id), now(tests::a_should().id);
    both.findings.push_back({{&tests::a_should(), 7, "a trailing space"}, 3, 1, "imap"});
    const verdict::baseline known{"known.json", {{both.info.id, {verdict::outcome::violates, {before}}}}};
    both.compared = std::make_shared<verdict::comparison>(verdict::compare(both, known));
    EXPECT_THAT(reports::broken_requirements(run), AllOf(HasSubstr(now), Not(HasSubstr(before))));
}

TEST(AgainstABaseline, JunitSkipsWhatIsKnown) {
    EXPECT_EQ(differs_from_approved("junit-baseline.xml", junit(strictness::normal)), "");
    EXPECT_THAT(junit(strictness::normal), HasSubstr("tests=\"10\" failures=\"1\" errors=\"2\""));
    EXPECT_THAT(junit(strictness::strict), HasSubstr("tests=\"10\" failures=\"2\" errors=\"2\""));
    EXPECT_THAT(junit(strictness::strict),
                HasSubstr("<skipped>known by the baseline: deviates: a trailing space</skipped>"));
}

TEST(AgainstABaseline, HtmlMarksWhatIsKnownAndNew) {
    auto run = sample_run_against_baseline();
    const auto html = [&] {
        std::ostringstream out;
        reports::write_html(out, run, tests::sample_coverage(), strictness::normal);
        return out.str();
    };
    const auto page = html();
    EXPECT_THAT(page, HasSubstr("data-baseline=\"known\"><summary><span class=\"badge violates\">violates</span> "
                                "<span class=\"badge known\">known</span> <b>imap/fetch/rfc822-sets-seen</b>"));
    EXPECT_THAT(page, HasSubstr("<dt>baseline</dt><dd>the baseline says violates, also imap.response.crlf</dd>"));
    EXPECT_THAT(page, HasSubstr("3 known, 4 new, 2 better</p>"));
    EXPECT_THAT(page, HasSubstr(", compared with known.json</p>"));
    EXPECT_THAT(page, HasSubstr("<select name=\"baseline\">"));
    std::erase_if(run.scenarios, [](const auto& r) { return verdict::counted(r) != verdict::outcome::conforms; });
    EXPECT_THAT(html(), HasSubstr("nothing was broken that a server must keep, but for what the baseline knows"));
}
