#include "reports/junit.hpp"

#include "tests/reports/approved.hpp"
#include "tests/reports/sample_run.hpp"
#include "tests/reports/written.hpp"

#include <gmock/gmock.h>

#include <sstream>
#include <streambuf>

using namespace mailspec;
using mailspec::tests::as_junit;
using mailspec::tests::differs_from_approved;
using mailspec::tests::sample_run;
using testing::HasSubstr;
using testing::Not;
using verdict::strictness;

namespace {

/// Takes nothing, like a full disk.
class full_disk : public std::streambuf {
    int_type overflow(int_type) override { return traits_type::eof(); }
};

} // namespace

TEST(Junit, IsWhatWeApproved) { EXPECT_EQ(differs_from_approved("junit.xml", as_junit(sample_run())), ""); }

TEST(Junit, CountsADeviationAsFailureWhenStrict) {
    EXPECT_EQ(differs_from_approved("junit-strict.xml", as_junit(sample_run(), strictness::strict)), "");
    EXPECT_THAT(as_junit(sample_run()), HasSubstr("tests=\"10\" failures=\"3\" errors=\"3\""));
    EXPECT_THAT(as_junit(sample_run(), strictness::strict), HasSubstr("tests=\"10\" failures=\"5\" errors=\"3\""));
}

TEST(Junit, OfARunOfNothingIsAnEmptyList) {
    verdict::run_record run;
    EXPECT_THAT(as_junit(run), HasSubstr("<testsuites name=\"mailspec\" tests=\"0\""));
    EXPECT_THAT(as_junit(run), HasSubstr("</testsuites>"));
}

TEST(Junit, PutsAFolderIntoOneSuiteEvenWhereSubfoldersStandBetween) {
    auto run = sample_run();
    run.scenarios.resize(3);
    run.scenarios[0].info.id = "imap/a";
    run.scenarios[1].info.id = "imap/a/b";
    run.scenarios[2].info.id = "imap/b";
    const auto xml = as_junit(run);
    EXPECT_THAT(xml, HasSubstr("name=\"imap\" package=\"imap\""));
    EXPECT_EQ(xml.find("name=\"imap\" package"), xml.rfind("name=\"imap\" package"));
}

TEST(Junit, SaysThatARunWasInterrupted) {
    auto run = sample_run();
    EXPECT_THAT(as_junit(run), Not(HasSubstr("interrupted")));
    run.interrupted = true;
    EXPECT_THAT(as_junit(run), HasSubstr("<property name=\"interrupted\" value=\"yes\"/>"));
}

TEST(Junit, LeavesTheStreamBadWhenItCannotWrite) {
    full_disk disk;
    std::ostream out(&disk);
    reports::write_junit(out, sample_run(), strictness::normal);
    EXPECT_FALSE(out);
}
