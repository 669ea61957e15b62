#include "tests/mischief/trial.hpp"

#include "tools/mailspec/built_in.hpp"

#include "harness/run/run.hpp"
#include "harness/scenario/bundled.hpp"

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

bool is_held_against(const scenario::block& steps, std::string_view breach) {
    const auto violated = [&](const auto& each) { return each.violates && each.violates->id == breach; };
    return std::ranges::any_of(steps, [&](const scenario::step& step) {
        if (const auto* c = std::get_if<scenario::command>(&step.what))
            return std::ranges::any_of(c->expected.alternatives, violated);
        if (const auto* r = std::get_if<scenario::repeat>(&step.what))
            return is_held_against(r->body, breach);
        const auto* o = std::get_if<scenario::outcomes>(&step.what);
        return o && std::ranges::any_of(o->trials, violated);
    });
}

} // namespace

run::plan without_other_facts(const run::plan& of, std::string_view breach) {
    auto out = of;
    std::erase_if(out.scenarios,
                  [&](const auto& s) { return !s->questions.empty() && !is_held_against(s->steps, breach); });
    return out;
}

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
    serve::options served;
    if (!breach.empty())
        served.mischief.emplace(breach);
    tools::built_in server(std::move(served));
    if (const auto fault = server.start(); !fault.empty())
        throw std::runtime_error(fault);
    run::options options;
    options.jobs = 8;
    if (how == patience::short_tempered)
        options.timeout = some;
    verdict::listener nobody;
    run::stop_handle stop;
    return run::run(what, server.target(), options, nobody, stop);
}

bool is_found(const run::plan& what, const rfc::requirement& breach) {
    const auto run = against_built_in(what, breach.id, patience::short_tempered);
    return std::any_of(run.scenarios.begin(), run.scenarios.end(), [&](const verdict::scenario_record& record) {
        return std::any_of(record.findings.begin(), record.findings.end(),
                           [&](const verdict::observed& each) { return each.what.broken == &breach; });
    });
}

std::set<std::string_view> accused_of(const verdict::scenario_record& record) {
    std::set<std::string_view> out;
    for (const auto& failure : record.failures)
        if (failure.broken)
            out.insert(failure.broken->id);
    for (const auto& finding : record.findings)
        out.insert(finding.what.broken->id);
    return out;
}

std::string show(const verdict::scenario_record& record) {
    return record.info.id + ": " + std::string(verdict::to_string(record.result)) + ": " + record.reason;
}

} // namespace mailspec::mischief_test
