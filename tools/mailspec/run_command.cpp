#include "tools/mailspec/baseline_file.hpp"
#include "tools/mailspec/built_in.hpp"
#include "tools/mailspec/commands.hpp"
#include "tools/mailspec/interrupt.hpp"
#include "tools/mailspec/marked_run.hpp"
#include "tools/mailspec/run_reports.hpp"
#include "tools/mailspec/scenarios.hpp"
#include "tools/mailspec/target_choice.hpp"

#include "harness/run/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <ostream>

namespace mailspec::tools {
namespace {

using verdict::strictness;

strictness strict(const run_arguments& how) { return how.strict ? strictness::strict : strictness::normal; }

/// What is to be played, and what it is compared with.
struct task {
    run::plan plan;
    std::optional<verdict::baseline> known;
};

run::options options_of(const run_arguments& how, const task& what) {
    run::options o;
    if (how.jobs)
        o.jobs = *how.jobs;
    o.times = how.times;
    o.timeout = how.timeout;
    o.version = MAILSPEC_VERSION;
    o.baseline = what.known ? &*what.known : nullptr;
    return o;
}

/// What the run could not remove: the server was away, or Ctrl-C came once more.
std::string left_behind(const verdict::run_record& record) {
    std::size_t count = 0;
    for (const auto& each : record.scenarios)
        count += each.left_behind.size();
    return count == 0 ? ""
                      : fmt::format("up to {} scratch {} left behind; mailspec clean removes what is there", count,
                                    count == 1 ? "mailbox was" : "mailboxes were");
}

/// Everything is ready; only now something is sent.
int run_against(const run::target& target, const task& what, const run_arguments& how, const world& to,
                run::stop_handle& stop) {
    const run_reports reports(how.reports);
    const auto whom = how.targets.empty() ? served_by::ourselves : served_by::others;
    reports::console console(reports.console_stream(to), look_of(how.how_much, strict(how), to));
    const auto record = marked_run(what.plan, target, whom, options_of(how, what), console, stop);
    auto written = reports.write(record, strict(how));
    if (auto note = left_behind(record); !note.empty())
        written.notes.push_back(std::move(note));
    if (what.known)
        std::ranges::move(strangers_in(*what.known, how.which), std::back_inserter(written.notes));
    console.close(record, written.notes);
    if (record.interrupted)
        return exit_interrupted;
    return written.status != exit_done ? written.status : verdict::exit_status(record, strict(how));
}

int against_built_in(const task& what, const run_arguments& how, const world& to) {
    run::stop_handle stop;
    const interrupt_watch watch([&] { stop.request(); });
    built_in server({});
    if (const auto fault = server.start(); !fault.empty()) {
        to.err << "mailspec: the built-in server does not start: " << fault << "\n";
        return exit_broken;
    }
    return run_against(server.target(), what, how, to, stop);
}

int against_target(const task& what, const run_arguments& how, const world& to) {
    const auto target = target_from(how);
    if (const auto* fault = std::get_if<std::string>(&target)) {
        to.err << "mailspec: " << *fault << "\n";
        return exit_bad_usage;
    }
    run::stop_handle stop;
    const interrupt_watch watch([&] { stop.request(); });
    return run_against(std::get<run::target>(target), what, how, to, stop);
}

} // namespace

int run_command(const run_arguments& how, const world& to) {
    auto plan = choose(how.which, to.err);
    if (!plan)
        return exit_bad_usage;
    task what{std::move(*plan), std::nullopt};
    const auto refused = [&](const std::string& fault) {
        to.err << "mailspec: " << fault << "\n";
        return exit_bad_usage;
    };
    if (!how.baseline.empty()) {
        auto known = read_baseline(how.baseline);
        if (const auto* fault = std::get_if<std::string>(&known))
            return refused(*fault);
        what.known = std::get<verdict::baseline>(std::move(known));
    }
    if (const auto fault = run_reports(how.reports).probe(); !fault.empty())
        return refused(fault);
    return how.targets.empty() ? against_built_in(what, how, to) : against_target(what, how, to);
}

} // namespace mailspec::tools
