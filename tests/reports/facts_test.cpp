#include "reports/facts.hpp"
#include "reports/facts_json.hpp"
#include "reports/facts_markdown.hpp"
#include "reports/facts_table.hpp"
#include "reports/summary.hpp"

#include "tests/reports/approved.hpp"
#include "tests/reports/sample_run.hpp"

#include <gmock/gmock.h>

#include <sstream>

using namespace mailspec;
using mailspec::tests::a_must;
using mailspec::tests::a_should;
using mailspec::tests::differs_from_approved;
using verdict::outcome;
using verdict::run_record;
using verdict::scenario_record;

namespace {

using look = reports::console_options;

scenario_record asked(std::string id, std::vector<std::string> questions, outcome result, std::string reason) {
    scenario_record r;
    r.info.id = std::move(id);
    r.info.asks = std::move(questions);
    r.result = result;
    r.reason = std::move(reason);
    return r;
}

constexpr const char* rfc822 = "does FETCH RFC822 set \\Seen?";
constexpr const char* uid = "does UID FETCH RFC822 set \\Seen?";
constexpr const char* delimiter = "what is the hierarchy delimiter?";
constexpr const char* binary = "does FETCH BINARY[1] set \\Seen?";
constexpr const char* told =
    "does a FETCH that sets \\Seen tell so, in the very same answer, to the session that asked?";

/// A server that is well.
run_record good() {
    run_record run;
    run.info.target = "the good one";
    run.servers = {{"imap", "127.0.0.1:143, tls=none", "* OK ready\r\n", "Good", "IMAP4rev1 IDLE"}};
    run.scenarios = {asked("facts/imap/binary", {binary}, outcome::unsupported, "the server does not announce BINARY"),
                     asked("facts/imap/delimiter", {delimiter}, outcome::conforms, ""),
                     asked("facts/imap/rfc822", {rfc822, uid}, outcome::conforms, ""),
                     asked("facts/imap/told", {told}, outcome::conforms, "")};
    run.scenarios[1].answers = {{delimiter, "/", nullptr}};
    run.scenarios[2].answers = {{rfc822, "yes", nullptr}, {uid, "yes", nullptr}};
    run.scenarios[3].answers = {{told, "yes", nullptr}};
    return run;
}

/// One that breaks things, says hostile words, and went away in the midst.
run_record bad() {
    run_record run;
    run.info.target = "imap://[::1]:143 | <b>bad</b>";
    run.servers = {{"imap", "[::1]:143, tls=none", "* OK \x1b[31m\"<b>\r\n", "", "IMAP4rev1"}};
    run.scenarios = {asked("facts/imap/binary", {binary}, outcome::inconclusive, "it refused the connection"),
                     asked("facts/imap/delimiter", {delimiter}, outcome::conforms, ""),
                     asked("facts/imap/rfc822", {rfc822, uid}, outcome::inconclusive, "it closed the connection"),
                     asked("facts/imap/told", {told}, outcome::deviates, "")};
    run.scenarios[1].answers = {{delimiter, "|<b>`\x1b[31m*\xff\\\r\n\"", nullptr}};
    run.scenarios[2].answers = {{rfc822, "no", &a_must()}};
    run.scenarios[3].answers = {{told, "no", &a_should()}};
    return run;
}

/// One that was interrupted, and mailspec failed.
run_record unfinished() {
    run_record run;
    run.info.target = "unfinished";
    run.scenarios = {asked("facts/imap/binary", {binary}, outcome::broken, "mailspec failed"),
                     asked("facts/imap/delimiter", {delimiter}, outcome::inconclusive, "it refused the connection")};
    run.interrupted = true;
    return run;
}

std::vector<run_record> all() { return {good(), bad(), unfinished()}; }

std::string table(const std::vector<run_record>& runs, const look& how = {}) {
    std::ostringstream out;
    reports::write_facts_table(out, reports::facts_of(runs), how);
    return out.str();
}

int status(const std::vector<run_record>& runs) { return reports::exit_status(reports::facts_of(runs)); }

} // namespace

TEST(Facts, AreATable) { EXPECT_EQ(differs_from_approved("facts.txt", table(all())), ""); }

TEST(Facts, AreWrappedToATerminal) {
    look how;
    how.to = look::medium::terminal;
    how.columns = 72;
    const auto text = table(all(), how);
    EXPECT_EQ(differs_from_approved("facts-terminal.txt", text), "");
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        EXPECT_LE(line.size(), 72u) << line;
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

TEST(Facts, AreColouredWhereThatIsWanted) {
    look how;
    how.to = look::medium::terminal;
    how.colours = look::colour::yes;
    EXPECT_THAT(table(all(), how), testing::HasSubstr("\x1b[1;31mno [1]\x1b[0m"));
}

TEST(Facts, AreJson) {
    std::ostringstream out;
    reports::write_facts_json(out, reports::facts_of(all()), "1.2.3");
    EXPECT_EQ(differs_from_approved("facts.json", out.str()), "");
}

TEST(Facts, AreMarkdown) {
    std::ostringstream out;
    reports::write_facts_markdown(out, reports::facts_of(all()));
    EXPECT_EQ(differs_from_approved("facts.md", out.str()), "");
}

TEST(Facts, OfNoTargetAreAnEmptyTable) { EXPECT_EQ(table({}), "question\n"); }

TEST(Facts, GiveTheExitStatusOfARun) {
    EXPECT_EQ(status({good()}), 0);
    EXPECT_EQ(status({good(), bad()}), 1);
    EXPECT_EQ(status({bad(), unfinished()}), 4);
    auto unjudged = good();
    unjudged.scenarios[1] = asked("facts/imap/delimiter", {delimiter}, outcome::inconclusive, "refused");
    EXPECT_EQ(status({good(), unjudged}), 3);
    auto should = good();
    should.scenarios[3].answers[0].breaks = &a_should();
    EXPECT_EQ(status({should}), 0);
}

TEST(Facts, AreCountedInTheSummaryOfARunWhereTheyAreMany) {
    auto run = good();
    EXPECT_THAT(reports::answers(run), testing::HasSubstr("what is the hierarchy delimiter?\n    /\n"));
    run.scenarios[1].answers.assign(30, {delimiter, "/", nullptr});
    EXPECT_EQ(reports::answers(run), "  33 questions were answered; mailspec ask shows them\n");
}
