#include "harness/run/conclude.hpp"

#include <algorithm>
#include <map>

namespace mailspec::run {
namespace {

using verdict::outcome;

outcome outcome_of(const rfc::requirement& broken) {
    switch (broken.strength) {
    case rfc::level::must:
    case rfc::level::must_not: return outcome::violates;
    case rfc::level::should:
    case rfc::level::should_not: return outcome::deviates;
    case rfc::level::may: return outcome::conforms; // who does not what he may does nothing amiss
    }
    return outcome::violates;
}

/// Why nothing is proven, in one sentence.
std::string why_open(const verdict::failure& amiss, const verdict::masker& secrets) {
    const auto line = "line " + std::to_string(amiss.line);
    const auto expected = ": expected " + quote(secrets.mask(amiss.expected)) + "; ";
    const auto said = '"' + quote(secrets.mask(amiss.said_by_server)) + '"';
    if (amiss.broken == &scenario::no_breach)
        return line + expected + "the server answered " + said + ", as it may";
    return line + ", a means to an end" + expected + secrets.mask(amiss.said_by_us) +
           (amiss.said_by_server.empty() ? "" : "; the server said " + said);
}

/// A step that was only a means did not succeed, or the server refused as it may: that is no breach, but what was to be
/// proven is not proven.
void add_means(const play& of, const missed::one& each, const verdict::masker& secrets,
               verdict::scenario_record& into) {
    const auto outcome = outcome::inconclusive;
    if (outcome <= into.result)
        return;
    into.result = outcome;
    into.reason = why_open(each.what, secrets) + explain(of.against.notes, each.what.said_by_server);
    into.reason_at = static_cast<std::uint32_t>(of.on.transcript().place(each.transcript));
}

bool is_means(const play& of, const missed::one& each) {
    const bool only_asks = !each.what.broken && of.what.proves.empty() && !of.what.questions.empty();
    return only_asks || each.what.broken == &scenario::no_evidence || each.what.broken == &scenario::no_breach;
}

/// What was shown was shown, though in the same answer a means failed too.
void add_failures(const play& of, const verdict::masker& secrets, verdict::scenario_record& into) {
    const auto* first = of.what.proves.empty() ? nullptr : of.what.proves.front();
    for (const auto& each : of.failures) {
        if (is_means(of, each))
            continue;
        auto failure = each.what;
        if (!failure.broken)
            failure.broken = first;
        failure.expected = secrets.mask(failure.expected);
        failure.said_by_server = secrets.mask(failure.said_by_server);
        failure.said_by_us = secrets.mask(failure.said_by_us);
        for (auto& row : failure.differences)
            for (auto* cell : {&row.what, &row.before, &row.after, &row.declared, &row.told})
                *cell = secrets.mask(*cell);
        failure.transcript_at = of.on.transcript().place(each.transcript);
        into.result = std::max(into.result, failure.broken ? outcome_of(*failure.broken) : outcome::violates);
        into.failures.push_back(std::move(failure));
    }
    if (!into.failures.empty()) {
        const auto& shown = into.failures.front();
        into.reason = "line " + std::to_string(shown.line) + ": " +
                      (shown.expected.empty() ? "" : "expected " + quote(shown.expected) + "; ") + shown.said_by_us;
        return;
    }
    for (const auto& each : of.failures)
        add_means(of, each, secrets, into);
}

/// Helpers of several accounts are called the same: the second observer is "observer2".
std::vector<std::string> names_of(const play& of) {
    std::vector<std::string> names;
    std::map<std::string, std::size_t> times;
    for (const auto& each : of.parties) {
        const auto which = ++times[each->over.name];
        names.push_back(each->over.name + (which > 1 ? std::to_string(which) : ""));
    }
    return names;
}

void add_findings(const play& of, const std::vector<std::string>& names, const verdict::masker& secrets,
                  verdict::scenario_record& into) {
    using stage_of = finding_log::stage;
    for (const auto& each : of.on.findings().all()) {
        verdict::observed seen;
        seen.what = each.what;
        seen.times = each.times;
        seen.transcript_at = of.on.transcript().place(each.at.transcript);
        seen.session = names[each.at.line];
        if (each.at.when == stage_of::setting_up)
            seen.session += " (set-up)";
        if (each.at.when == stage_of::cleaning_up)
            seen.session += " (clean-up)";
        add_finding(std::move(seen), secrets, into);
    }
}

} // namespace

void add_finding(verdict::observed seen, const verdict::masker& secrets, verdict::scenario_record& into) {
    seen.what.detail = secrets.mask(seen.what.detail);
    const auto weighs = outcome_of(*seen.what.broken);
    if (weighs > into.result || (weighs == into.result && into.reason.empty())) {
        into.result = weighs;
        into.reason = "the server broke " + std::string(seen.what.broken->id) + ": " + seen.what.detail;
    }
    into.findings.push_back(std::move(seen));
}

void add_notes(const finding_log& found, std::vector<std::string> unwatched, verdict::scenario_record& into) {
    if (const auto more = found.left_out(); more > 0)
        into.notes.push_back("and " + std::to_string(more) + " more finding" + (more == 1 ? "" : "s") +
                             ", of other words than the " + std::to_string(finding_log::most) + " that are told");
    for (auto& each : unwatched)
        into.notes.push_back(std::move(each));
}

verdict::scenario_info describe(const scenario::scenario& s) {
    verdict::scenario_info info;
    info.id = s.id;
    info.title = s.title;
    info.file = s.file;
    info.line = s.where.line;
    info.proves = s.proves;
    info.tags = s.tags;
    info.asks = s.questions;
    return info;
}

verdict::scenario_record conclude(const play& of, const std::optional<abandoned>& because,
                                  const verdict::masker& secrets) {
    verdict::scenario_record record;
    record.info = describe(of.what);
    record.result = outcome::conforms;
    if (because) {
        record.result = because->result;
        record.reason = secrets.mask(because->reason);
        record.reason_at = static_cast<std::uint32_t>(of.on.transcript().place(because->at));
        if (because->result == outcome::inconclusive)
            record.reason += explain(of.against.notes, record.reason);
    }
    add_failures(of, secrets, record);
    const auto names = names_of(of);
    add_findings(of, names, secrets, record);
    add_notes(of.on.findings(), of.on.imap_view().unwatched(), record);
    for (const auto& each : of.scratches)
        if (!each.removed)
            record.left_behind.push_back(each.name);
    for (const auto& each : of.answers)
        record.answers.push_back({each.what.asked, secrets.mask(each.what.said), each.what.breaks});
    record.transcript = of.on.transcript().lines(secrets, names);
    return record;
}

} // namespace mailspec::run
