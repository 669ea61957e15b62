#include "reports/run_json.hpp"

#include "harness/verdict/baseline.hpp"
#include "reports/escape.hpp"
#include "reports/json.hpp"
#include "reports/server_json.hpp"
#include "reports/summary.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ostream>

namespace mailspec::reports {
namespace {

using verdict::outcome;
using verdict::scenario_record;
using verdict::standing;

constexpr outcome outcomes[] = {outcome::conforms,    outcome::deviates,     outcome::violates,
                                outcome::unsupported, outcome::inconclusive, outcome::broken};
constexpr std::size_t longest_value = 4096;

std::string words(std::string_view ours) { return json_string(our_words(ours)); }

/// What a server said, perhaps; nothing where it said nothing.
std::string said(std::string_view octets) {
    if (octets.ends_with("\r\n"))
        octets.remove_suffix(2);
    return octets.empty() ? "" : json_string(printable(octets, longest_value));
}

std::string some_words(std::string_view ours) { return ours.empty() ? "" : words(ours); }

std::string number(std::size_t n) { return std::to_string(n); }

std::string milliseconds(std::chrono::microseconds t) {
    return fmt::format("{}.{:03}", t.count() / 1000, t.count() % 1000);
}

/// null: an expectation that did not hold and names none.
std::string id(const rfc::requirement* r) { return r ? json_string(r->id) : "null"; }
std::string level(const rfc::requirement* r) { return r ? json_string(rfc::to_string(r->strength)) : ""; }

std::string ids(const std::vector<const rfc::requirement*>& all) {
    std::string out = "[";
    for (const auto* each : all)
        out.append(out.size() == 1 ? "" : ", ").append(id(each));
    return out + "]";
}

std::string counts(const tally& all) {
    json_members members;
    for (const auto o : outcomes)
        members.emplace_back(verdict::to_string(o), number(all.of(o)));
    return json_object(members);
}

std::string failure(const verdict::failure& f) {
    return json_object({{"requirement", id(f.broken)},
                        {"level", level(f.broken)},
                        {"times", number(1)},
                        {"what", words(f.said_by_us)},
                        {"line", f.line == 0 ? "" : number(f.line)},
                        {"expected", some_words(f.expected)},
                        {"came", said(f.said_by_server)}});
}

std::string finding(const verdict::observed& f) {
    return json_object({{"requirement", id(f.what.broken)},
                        {"level", level(f.what.broken)},
                        {"times", number(f.times)},
                        {"what", words(f.what.detail)},
                        {"session", words(f.session)},
                        {"octet", number(f.what.at)}});
}

std::string answer(const verdict::answer& a) {
    return json_object({{"question", words(a.asked)},
                        {"answer", json_string(printable(a.said, longest_value))},
                        {"breaks", a.breaks ? id(a.breaks) : ""}});
}

/// Nothing where there is nothing.
template <typename Items, typename Show> std::string list_of(const Items& items, Show show) {
    std::vector<std::string> shown;
    for (const auto& each : items)
        shown.push_back(show(each));
    return shown.empty() ? "" : json_list(shown, "      ");
}

std::string findings(const scenario_record& r) {
    std::vector<std::string> all;
    for (const auto& each : r.failures)
        all.push_back(failure(each));
    for (const auto& each : r.findings)
        all.push_back(finding(each));
    return list_of(all, [](const auto& each) { return each; });
}

std::string scenario(const scenario_record& r) {
    const auto broken = verdict::broken_by(r);
    const auto how = verdict::standing_of(r);
    return json_object({{"id", words(r.info.id)},
                        {"outcome", json_string(verdict::to_string(r.result))},
                        {"title", words(r.info.title)},
                        {"file", words(r.info.file)},
                        {"line", number(std::max(r.info.line, 1U))},
                        {"proves", ids(r.info.proves)},
                        {"broken", broken.empty() ? "" : ids(broken)},
                        {"findings", findings(r)},
                        {"reason", some_words(r.reason)},
                        {"answers", list_of(r.answers, answer)},
                        {"plays", r.plays.total() == 0 ? "" : counts(r.plays)},
                        {"notes", list_of(r.notes, words)},
                        {"left_behind", list_of(r.left_behind, said)},
                        {"baseline", how == standing::as_before ? "" : json_string(verdict::to_string(how))},
                        {"milliseconds", milliseconds(r.duration)}},
                       "    ");
}

std::string comparison(const verdict::run_record& run) {
    if (run.info.baseline.empty())
        return {};
    json_members members{{"file", words(run.info.baseline)}};
    for (const auto how : {standing::known, standing::fresh, standing::better, standing::lost})
        members.emplace_back(verdict::to_string(how), number(count_of(run, how)));
    return json_object(members);
}

} // namespace

void write_run_json(std::ostream& out, const verdict::run_record& run) {
    std::vector<std::string> servers, scenarios;
    for (const auto& each : run.servers)
        servers.push_back(json_server(each));
    for (const auto& each : run.scenarios)
        scenarios.push_back(scenario(each));
    const auto started = fmt::gmtime(std::chrono::system_clock::to_time_t(run.info.started));
    out << json_object({{"format", number(run_json_format)},
                        {"mailspec", words(run.info.version)},
                        {"target", words(run.info.target)},
                        {"servers", json_list(servers, "  ")},
                        {"started", json_string(fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", started))},
                        {"milliseconds", milliseconds(run.duration)},
                        {"times", run.info.times > 1 ? number(run.info.times) : ""},
                        {"interrupted", run.interrupted ? "true" : "false"},
                        {"counts", counts(tally_of(run))},
                        {"baseline", comparison(run)},
                        {"scenarios", json_list(scenarios, "  ")}},
                       "")
        << "\n"
        << std::flush;
}

} // namespace mailspec::reports
