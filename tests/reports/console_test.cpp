#include "reports/console.hpp"

#include "tests/reports/approved.hpp"
#include "tests/reports/sample_run.hpp"
#include "tests/reports/written.hpp"

#include <gmock/gmock.h>

using namespace mailspec;
using mailspec::tests::differs_from_approved;
using mailspec::tests::sample_run;
using reports::console_options;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

namespace {

std::string told(const verdict::run_record& run, const console_options& options = {}) {
    return mailspec::tests::on_console(run, options, {"report: out/junit.xml"});
}

std::string console(console_options options) { return told(sample_run(), options); }

} // namespace

TEST(Console, IsWhatWeApprovedOnAFile) { EXPECT_EQ(differs_from_approved("console.txt", console({})), ""); }

TEST(Console, IsWhatWeApprovedWhenQuiet) {
    EXPECT_EQ(differs_from_approved("console-quiet.txt", console({.how_much = console_options::detail::quiet})), "");
}

TEST(Console, IsWhatWeApprovedWhenVerbose) {
    EXPECT_EQ(differs_from_approved("console-verbose.txt", console({.how_much = console_options::detail::verbose})),
              "");
}

TEST(Console, IsWhatWeApprovedOnATerminal) {
    const auto text =
        console({.to = console_options::medium::terminal, .colours = console_options::colour::yes, .columns = 60});
    EXPECT_EQ(differs_from_approved("console-terminal.txt", text), "");
}

TEST(Console, WritesNoEscapeSequenceWithoutATerminal) {
    EXPECT_THAT(console({}), Not(HasSubstr("\x1b")));
    EXPECT_THAT(console({.to = console_options::medium::terminal}), Not(HasSubstr("\x1b[3"))) << "NO_COLOR";
}

TEST(Console, ExplainsADeviationWhenStrict) {
    EXPECT_THAT(console({}), Not(HasSubstr("DEVIATES imap/select/recent")));
    EXPECT_THAT(console({.strict = verdict::strictness::strict}), HasSubstr("DEVIATES imap/select/recent"));
}

TEST(Console, EndsWithOneClosingLine) {
    EXPECT_THAT(console({}), EndsWith("report: out/junit.xml\n10 scenarios against dovecot <staging> in 1.2 s: 1 "
                                      "conforms, 2 deviate, 3 violate, 1 unsupported, 2 inconclusive, 1 broken\n"));
}

TEST(Console, SaysHowManyWereNotRunAfterAnInterruption) {
    auto run = sample_run();
    run.scenarios.resize(3);
    run.interrupted = true;
    EXPECT_THAT(told(run), EndsWith("; interrupted, 6 not run\n"));
    run.info.scenarios = 3;
    run.info.times = 100;
    for (auto& each : run.scenarios)
        each.plays.count(each.result);
    EXPECT_THAT(told(run), EndsWith("; interrupted, 297 plays not run\n"));
}
