#include "tools/mailspec/built_in.hpp"
#include "tools/mailspec/commands.hpp"
#include "tools/mailspec/coverage.hpp"
#include "tools/mailspec/interrupt.hpp"
#include "tools/mailspec/marked_run.hpp"
#include "tools/mailspec/report_file.hpp"
#include "tools/mailspec/scenarios.hpp"
#include "tools/mailspec/target_choice.hpp"

#include "harness/run/run.hpp"
#include "reports/html.hpp"
#include "reports/junit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

namespace mailspec::tools {
namespace {

using verdict::strictness;

strictness strict(const run_arguments& how) { return how.strict ? strictness::strict : strictness::normal; }

run::options options_of(const run_arguments& how) {
    run::options o;
    if (how.jobs)
        o.jobs = *how.jobs;
    o.timeout = how.timeout;
    o.version = MAILSPEC_VERSION;
    return o;
}

reports::console_options look_of(const run_arguments& how, const world& to) {
    using wanted = reports::console_options::detail;
    reports::console_options look = to.look;
    look.strict = strict(how);
    look.how_much = how.how_much == detail::quiet     ? wanted::quiet
                    : how.how_much == detail::verbose ? wanted::verbose
                                                      : wanted::normal;
    return look;
}

/// A report that is asked for, and where it goes.
struct wanted_report {
    run_arguments::format kind;
    report_file at;
};

/// A report on standard output has it for itself; what the console says goes to the other stream then.
std::ostream& console_stream(const std::vector<wanted_report>& reports, const world& to) {
    const auto has_it = [](const wanted_report& r) { return r.at.is_standard_output(); };
    return std::ranges::any_of(reports, has_it) ? to.err : to.out;
}

/// What the reports came to.
struct written_reports {
    std::vector<std::string> notes;
    int status = exit_done;
};

void write(std::ostream& out, run_arguments::format kind, const verdict::run_record& record, strictness s) {
    switch (kind) {
    case run_arguments::format::junit: return reports::write_junit(out, record, s);
    case run_arguments::format::html: return reports::write_html(out, record, coverage_of(bundled_scenarios()), s);
    }
}

written_reports write_all(const std::vector<wanted_report>& reports, const verdict::run_record& record, strictness s) {
    written_reports result;
    for (const auto& [kind, at] : reports) {
        const auto fault = at.write([&, k = kind](std::ostream& out) { write(out, k, record, s); });
        if (!fault.empty())
            result.status = exit_broken;
        if (!fault.empty() || !at.is_standard_output())
            result.notes.push_back(fault.empty() ? "report: " + at.path() : fault);
    }
    return result;
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
int run_against(const run::target& target, const run::plan& plan, const run_arguments& how, const world& to,
                run::stop_handle& stop) {
    std::vector<wanted_report> reports;
    for (const auto& each : how.reports)
        reports.push_back({each.kind, report_file(each.file)});
    const auto whom = how.targets.empty() ? served_by::ourselves : served_by::others;
    reports::console console(console_stream(reports, to), look_of(how, to));
    const auto record = marked_run(plan, target, whom, options_of(how), console, stop);
    auto written = write_all(reports, record, strict(how));
    if (auto note = left_behind(record); !note.empty())
        written.notes.push_back(std::move(note));
    console.close(record, written.notes);
    if (record.interrupted)
        return exit_interrupted;
    return written.status != exit_done ? written.status : verdict::exit_status(record, strict(how));
}

int against_built_in(const run::plan& plan, const run_arguments& how, const world& to) {
    run::stop_handle stop;
    const interrupt_watch watch([&] { stop.request(); });
    built_in server({});
    if (const auto fault = server.start(); !fault.empty()) {
        to.err << "mailspec: the built-in server does not start: " << fault << "\n";
        return exit_broken;
    }
    return run_against(server.target(), plan, how, to, stop);
}

int against_target(const run::plan& plan, const run_arguments& how, const world& to) {
    const auto target = target_from(how);
    if (const auto* fault = std::get_if<std::string>(&target)) {
        to.err << "mailspec: " << *fault << "\n";
        return exit_bad_usage;
    }
    run::stop_handle stop;
    const interrupt_watch watch([&] { stop.request(); });
    return run_against(std::get<run::target>(target), plan, how, to, stop);
}

} // namespace

int run_command(const run_arguments& how, const world& to) {
    const auto plan = choose(how.which, to.err);
    if (!plan)
        return exit_bad_usage;
    for (const auto& report : how.reports) {
        if (const auto fault = report_file(report.file).probe(); !fault.empty()) {
            to.err << "mailspec: " << fault << "\n";
            return exit_bad_usage;
        }
    }
    return how.targets.empty() ? against_built_in(*plan, how, to) : against_target(*plan, how, to);
}

} // namespace mailspec::tools
