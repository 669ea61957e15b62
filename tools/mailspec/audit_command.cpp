#include "tools/mailspec/commands.hpp"
#include "tools/mailspec/files.hpp"
#include "tools/mailspec/run_reports.hpp"

#include "harness/run/recorded/audit.hpp"

#include <ostream>

namespace mailspec::tools {
namespace {

using verdict::strictness;

/// The record of one file, or the sentence that says why there is none.
std::variant<verdict::scenario_record, std::string> audit_file(const std::string& file, const audit_arguments& how) {
    const auto read = read_file(file);
    if (const auto* fault = std::get_if<std::string>(&read))
        return *fault;
    const auto recording = run::recorded::read(std::get<contents>(read).octets, file);
    if (const auto* fault = std::get_if<std::string>(&recording))
        return *fault;
    return run::recorded::audit(std::get<run::recorded::recording>(recording), wire::protocol_of(how.protocol));
}

} // namespace

int audit_command(const audit_arguments& how, const world& to) {
    const run_reports reports(how.reports);
    if (const auto fault = reports.probe(); !fault.empty()) {
        to.err << "mailspec: " << fault << "\n";
        return exit_bad_usage;
    }
    verdict::run_record run;
    run.info.started = std::chrono::system_clock::now();
    const auto since = std::chrono::steady_clock::now();
    for (const auto& file : how.files) {
        auto audited = audit_file(file, how);
        if (const auto* fault = std::get_if<std::string>(&audited)) {
            to.err << "mailspec: " << *fault << "\n";
            return exit_bad_usage;
        }
        run.scenarios.push_back(std::get<verdict::scenario_record>(std::move(audited)));
        run.scenarios.back().started = run.info.started;
    }
    run.info.version = MAILSPEC_VERSION;
    run.info.target = "the RFCs";
    run.info.unit = "recording";
    run.info.scenarios = run.scenarios.size();
    run.duration = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - since);
    const auto strict = how.strict ? strictness::strict : strictness::normal;
    reports::console console(reports.console_stream(to), look_of(how.how_much, strict, to));
    console.run_started(run.info);
    for (const auto& each : run.scenarios)
        console.scenario_ended(each);
    console.run_ended(run);
    const auto written = reports.write(run, strict);
    console.close(run, written.notes);
    return written.status != exit_done ? written.status : verdict::exit_status(run, strict);
}

} // namespace mailspec::tools
