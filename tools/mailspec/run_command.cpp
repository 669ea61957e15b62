#include "tools/mailspec/built_in.hpp"
#include "tools/mailspec/commands.hpp"
#include "tools/mailspec/interrupt.hpp"
#include "tools/mailspec/marked_run.hpp"
#include "tools/mailspec/report_file.hpp"
#include "tools/mailspec/scenarios.hpp"
#include "tools/mailspec/target_choice.hpp"

#include "harness/run/run.hpp"
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

/// A report on standard output has it for itself; what the console says goes to the other stream then.
std::ostream& console_stream(const std::vector<report_file>& reports, const world& to) {
    return std::ranges::any_of(reports, &report_file::is_standard_output) ? to.err : to.out;
}

struct written {
    std::vector<std::string> notes;
    int status = exit_done;
};

written write_all(const std::vector<report_file>& reports, const verdict::run_record& record, strictness s) {
    written result;
    for (const auto& report : reports) {
        const auto fault = report.write([&](std::ostream& out) { reports::write_junit(out, record, s); });
        if (!fault.empty())
            result.status = exit_broken;
        if (!fault.empty() || !report.is_standard_output())
            result.notes.push_back(fault.empty() ? "report: " + report.path() : fault);
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
    const std::vector<report_file> files(how.junit_files.begin(), how.junit_files.end());
    const auto whom = how.targets.empty() ? served_by::ourselves : served_by::others;
    reports::console console(console_stream(files, to), look_of(how, to));
    const auto record = marked_run(plan, target, whom, options_of(how), console, stop);
    auto reports = write_all(files, record, strict(how));
    if (auto note = left_behind(record); !note.empty())
        reports.notes.push_back(std::move(note));
    console.close(record, reports.notes);
    if (record.interrupted)
        return exit_interrupted;
    return reports.status != exit_done ? reports.status : verdict::exit_status(record, strict(how));
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
    for (const auto& path : how.junit_files) {
        if (const auto fault = report_file(path).probe(); !fault.empty()) {
            to.err << "mailspec: " << fault << "\n";
            return exit_bad_usage;
        }
    }
    return how.targets.empty() ? against_built_in(*plan, how, to) : against_target(*plan, how, to);
}

} // namespace mailspec::tools
