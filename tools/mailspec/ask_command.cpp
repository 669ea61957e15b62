#include "tools/mailspec/built_in.hpp"
#include "tools/mailspec/commands.hpp"
#include "tools/mailspec/interrupt.hpp"
#include "tools/mailspec/marked_run.hpp"
#include "tools/mailspec/report_file.hpp"
#include "tools/mailspec/scenarios.hpp"
#include "tools/mailspec/target_choice.hpp"

#include "harness/run/provider.hpp"
#include "harness/run/run.hpp"
#include "reports/escape.hpp"
#include "reports/facts.hpp"
#include "reports/facts_json.hpp"
#include "reports/facts_markdown.hpp"
#include "reports/facts_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <ostream>
#include <sstream>

namespace mailspec::tools {
namespace {

/// "a b" as its words: several URLs in one --target.
std::vector<std::string> words_of(const std::string& value) {
    std::istringstream in(value);
    return {std::istream_iterator<std::string>(in), {}};
}

constexpr std::string_view ourselves = "built-in";

/// One column for each --target; its passwords are fetched. Gives nothing after saying what is wrong.
std::optional<std::vector<run::target>> all_targets(const ask_arguments& how, const built_in& ours, const world& to) {
    std::vector<run::target> all;
    for (const auto& value : how.targets) {
        if (value == ourselves) {
            all.push_back(ours.target());
            continue;
        }
        run_arguments one;
        one.targets.push_back(value);
        if (value.find("://") != std::string::npos || run::is_provider(value)) { // a file says itself where they are
            one.targets = words_of(value);
            one.password_file = how.password_file;
            one.password_command = how.password_command;
        }
        auto made = target_from(one);
        if (const auto* fault = std::get_if<std::string>(&made)) {
            to.err << "mailspec: " << *fault << "\n";
            return std::nullopt;
        }
        all.push_back(std::move(std::get<run::target>(made)));
    }
    return all;
}

void write_as(ask_arguments::format kind, std::ostream& out, const reports::facts& facts) {
    kind == ask_arguments::format::json ? reports::write_facts_json(out, facts, MAILSPEC_VERSION)
                                        : reports::write_facts_markdown(out, facts);
}

/// One line on a terminal that shows how far it is.
class progress : public verdict::listener {
public:
    explicit progress(const world& to) : to_(to), live_(to.look.to == reports::console_options::medium::terminal) {}

    void run_started(const verdict::run_info& run) override {
        run_ = run;
        done_ = 0;
    }
    void scenario_started(const verdict::scenario_info& scenario) override {
        const auto line = fmt::format("{}: {}/{} asked, {}", reports::our_words(run_.target), done_, run_.scenarios,
                                      reports::our_words(scenario.id));
        show(line.substr(0, to_.look.columns - 1));
    }
    void scenario_ended(const verdict::scenario_record&) override { ++done_; }
    void run_ended(const verdict::run_record&) override { show({}); }

private:
    void show(std::string_view line) {
        if (live_)
            to_.out << '\r' << line << "\x1b[K" << (line.empty() ? "\r" : "") << std::flush;
    }

    const world& to_;
    bool live_;
    verdict::run_info run_;
    std::size_t done_ = 0;
};

struct asked {
    std::vector<verdict::run_record> runs;
    bool interrupted = false;
};

asked ask_all(const run::plan& plan, const std::vector<run::target>& targets, const ask_arguments& how,
              const world& to) {
    run::stop_handle stop;
    const interrupt_watch watch([&] { stop.request(); });
    asked out;
    run::options options;
    options.jobs = how.jobs;
    options.timeout = how.timeout;
    options.version = MAILSPEC_VERSION;
    progress shown(to);
    for (std::size_t n = 0; n < targets.size(); ++n) {
        const auto whom = how.targets[n] == ourselves ? served_by::ourselves : served_by::others;
        out.runs.push_back(marked_run(plan, targets[n], whom, options, shown, stop));
        out.interrupted = out.interrupted || out.runs.back().interrupted;
    }
    return out;
}

/// A report on standard output has it for itself; the table goes to the other stream then.
world beside_reports(const ask_arguments& how, const world& to) {
    const bool taken = std::ranges::any_of(how.reports, [](const auto& r) { return r.file == "-"; });
    return taken ? world{to.err, to.err, {}} : to;
}

int show(const asked& came, const ask_arguments& how, const world& to) {
    const auto facts = reports::facts_of(came.runs);
    reports::write_facts_table(to.out, facts, to.look);
    bool unwritten = false;
    for (const auto& report : how.reports) {
        const auto fault = report_file(report.file).write([&](std::ostream& o) { write_as(report.kind, o, facts); });
        if (!fault.empty())
            to.err << "mailspec: " << fault << "\n";
        unwritten = unwritten || !fault.empty();
    }
    if (came.interrupted)
        return exit_interrupted;
    return unwritten ? exit_broken : reports::exit_status(facts);
}

} // namespace

int ask_command(const ask_arguments& how, const world& to) {
    const auto plan = choose_facts(how.which, to.err);
    if (!plan)
        return exit_bad_usage;
    for (const auto& report : how.reports)
        if (const auto fault = report_file(report.file).probe(); !fault.empty()) {
            to.err << "mailspec: " << fault << "\n";
            return exit_bad_usage;
        }
    built_in ours({});
    auto asked_of = how;
    if (how.targets.empty())
        asked_of.targets.emplace_back(ourselves);
    if (std::ranges::find(asked_of.targets, ourselves) != asked_of.targets.end())
        if (const auto fault = ours.start(); !fault.empty()) {
            to.err << "mailspec: the built-in server does not start: " << fault << "\n";
            return exit_broken;
        }
    const auto targets = all_targets(asked_of, ours, to);
    const auto seen = beside_reports(how, to);
    return targets ? show(ask_all(*plan, *targets, asked_of, seen), how, seen) : exit_bad_usage;
}

} // namespace mailspec::tools
