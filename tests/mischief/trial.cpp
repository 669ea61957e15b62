#include "tests/mischief/trial.hpp"

#include "tools/mailspec/built_in.hpp"

#include "harness/run/recorded/audit.hpp"
#include "harness/run/run.hpp"
#include "harness/run/scheduler.hpp"
#include "harness/scenario/bundled.hpp"
#include "harness/serve/memory_server.hpp"
#include "reports/transcript.hpp"

#include <algorithm>
#include <stdexcept>

namespace mailspec::mischief_test {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds hardly_any{500}, some{3000};

void hurry(scenario::block& steps) {
    for (auto& step : steps) {
        if (auto* poll = std::get_if<scenario::poll>(&step.what)) {
            poll->within = std::min(poll->within, hardly_any);
            hurry(poll->body);
        } else if (auto* hangup = std::get_if<scenario::hangup>(&step.what)) {
            hangup->within = std::min(hangup->within, hardly_any);
        } else if (auto* quiet = std::get_if<scenario::quiet>(&step.what)) {
            quiet->span = std::min(quiet->span, hardly_any);
        } else if (auto* condition = std::get_if<scenario::condition>(&step.what)) {
            hurry(condition->then);
        } else if (auto* repeat = std::get_if<scenario::repeat>(&step.what)) {
            hurry(repeat->body);
        } else if (auto* effect = std::get_if<scenario::effect>(&step.what)) {
            effect->within = std::min(effect->within.value_or(hardly_any), hardly_any);
            hurry(effect->body);
        } else if (auto* asked = std::get_if<scenario::outcomes>(&step.what)) {
            for (auto& trial : asked->trials)
                hurry(trial.body);
        }
    }
}

run::options how_to_run(patience how) {
    run::options options;
    options.jobs = 8;
    if (how == patience::short_tempered)
        options.timeout = some;
    return options;
}

serve::options with(std::string_view breach) {
    serve::options served;
    if (!breach.empty())
        served.mischief.emplace(breach);
    return served;
}

void must_start(const std::string& fault) {
    if (!fault.empty())
        throw std::runtime_error(fault);
}

std::vector<run::endpoint> doors_of(const serve::memory_server& server) {
    std::vector<run::endpoint> doors;
    for (const auto& at : server.endpoints())
        doors.push_back({at.protocol, at.host, at.port, at.implicit_tls ? run::security::implicit : run::security::none,
                         run::verification::full, "", "localhost"});
    return doors;
}

} // namespace

run::plan bundled_plan(patience how) {
    std::vector<run::scenario_ptr> all;
    for (const auto& file : scenario::bundled()) {
        if (!file.path.ends_with(".xml"))
            continue;
        const std::string id(file.path.substr(0, file.path.size() - 4));
        auto made =
            scenario::load(id, "scenarios/" + std::string(file.path), file.octets, scenario::bundled_messages());
        auto* one = std::get_if<scenario::scenario>(&made);
        if (!one)
            continue;
        if (how == patience::short_tempered)
            hurry(one->steps);
        all.push_back(std::make_shared<const scenario::scenario>(std::move(*one)));
    }
    return std::get<run::plan>(run::select(all, {}));
}

verdict::run_record against_built_in(const run::plan& what, std::string_view breach, patience how) {
    tools::built_in server(with(breach));
    must_start(server.start());
    verdict::listener nobody;
    run::stop_handle stop;
    return run::run(what, server.target(), how_to_run(how), nobody, stop);
}

verdict::run_record in_memory(const run::plan& what, std::string_view breach, patience how) {
    serve::memory_server server(with(breach));
    must_start(server.start());
    verdict::listener nobody;
    run::stop_handle stop;
    const auto target = tools::target_of(doors_of(server), server.users());
    const auto options = how_to_run(how);
    run::scheduler schedule(what, target, options, nobody, stop,
                            [&](const auto& to, auto deadline) { return server.connect(to, deadline); });
    return schedule.run();
}

std::set<std::string_view> found_in(const verdict::scenario_record& record) {
    std::set<std::string_view> out;
    for (const auto& finding : record.findings)
        out.insert(finding.what.broken->id);
    return out;
}

std::set<std::string_view> accused_of(const verdict::scenario_record& record) {
    auto out = found_in(record);
    const bool accuses = record.result == verdict::outcome::violates || record.result == verdict::outcome::deviates;
    for (const auto& failure : record.failures)
        if (failure.broken && accuses)
            out.insert(failure.broken->id);
    return out;
}

reread read_again(const verdict::scenario_record& record) {
    namespace recorded = run::recorded;
    reread out;
    const auto text = "scenario: " + record.info.file + "\ntranscript:\n" + reports::show(record.transcript);
    out.whole = text.find(" are left out here") == text.npos && text.find("[... of ") == text.npos;
    const auto recording = recorded::read(text, record.info.id);
    if (const auto* fault = std::get_if<std::string>(&recording)) {
        out.fault = *fault;
        return out;
    }
    const auto audited = recorded::audit(std::get<recorded::recording>(recording), std::nullopt);
    if (const auto* fault = std::get_if<std::string>(&audited))
        out.fault = *fault;
    else
        out.found = found_in(std::get<verdict::scenario_record>(audited));
    return out;
}

bool is_beyond_built_in(const verdict::scenario_record& record) {
    constexpr std::string_view lacking[] = {"CONDSTORE", "QRESYNC"};
    return record.result == verdict::outcome::unsupported && std::ranges::any_of(lacking, [&](std::string_view each) {
               return record.reason.ends_with("does not announce " + std::string(each));
           });
}

std::string show(const verdict::scenario_record& record) {
    return record.info.id + ": " + std::string(verdict::to_string(record.result)) + ": " + record.reason;
}

} // namespace mailspec::mischief_test
