#include "reports/junit.hpp"

#include "reports/baseline_words.hpp"
#include "reports/escape.hpp"
#include "reports/explain.hpp"
#include "reports/summary.hpp"
#include "reports/transcript.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <ostream>
#include <string>
#include <vector>

namespace mailspec::reports {
namespace {

using verdict::outcome;
using verdict::run_record;
using verdict::scenario_record;
using verdict::strictness;

enum class kind { pass, failure, error, skipped };

kind kind_of(outcome o, strictness strict) {
    switch (o) {
    case outcome::conforms: return kind::pass;
    case outcome::unsupported: return kind::skipped;
    case outcome::deviates: return strict == strictness::strict ? kind::failure : kind::pass;
    case outcome::violates: return kind::failure;
    case outcome::inconclusive:
    case outcome::broken: break;
    }
    return kind::error;
}

/// What failed and is known by the baseline is skipped: a CI system stays green and shows it all the same.
kind kind_of(const scenario_record& r, strictness strict) {
    const kind without = kind_of(r.result, strict);
    const kind counted = kind_of(verdict::counted(r), strict);
    return without != kind::pass && counted == kind::pass ? kind::skipped : counted;
}

struct counts {
    std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;
    std::chrono::microseconds time{};
};

/// The scenarios of one folder, in the order of the run.
using suite = std::vector<const scenario_record*>;

void add(counts& c, const scenario_record& r, strictness strict) {
    const kind k = kind_of(r, strict);
    c.tests += 1;
    c.failures += k == kind::failure ? 1U : 0U;
    c.errors += k == kind::error ? 1U : 0U;
    c.skipped += k == kind::skipped ? 1U : 0U;
    c.time += r.duration;
}

std::string seconds(std::chrono::microseconds t) {
    return fmt::format("{}.{:06}", t.count() / 1'000'000, t.count() % 1'000'000);
}

std::string property(std::string_view name, std::string_view value) {
    return fmt::format("      <property name=\"{}\" value=\"{}\"/>\n", xml_attribute(name), xml_attribute(value));
}

std::string requirement_ids(const scenario_record& r) {
    std::string ids;
    for (const auto* requirement : r.info.proves)
        ids.append(ids.empty() ? "" : " ").append(requirement->id);
    return ids;
}

std::string run_properties(const run_record& run) {
    std::string out = property("mailspec.version", run.info.version) + property("target", run.info.target);
    for (const auto& s : run.servers) {
        const auto add = [&](std::string_view what, std::string_view said) {
            if (const auto line = without_line_end(said); !line.empty())
                out += property(fmt::format("server.{}.{}", s.protocol, what), printable(line));
        };
        add("endpoint", s.endpoint);
        add("name", s.name);
        add("greeting", s.greeting);
        add("capabilities", s.capabilities);
    }
    if (!run.info.baseline.empty())
        out += property("baseline", our_words(run.info.baseline));
    if (run.interrupted)
        out += property("interrupted", "yes");
    return out;
}

std::string scenario_properties(const scenario_record& r) {
    std::string out = property(r.info.id + ".file", r.info.file);
    out += property(r.info.id + ".line", std::to_string(std::max(r.info.line, 1U)));
    out += property(r.info.id + ".outcome", verdict::to_string(r.result));
    if (const auto how = verdict::standing_of(r); how != verdict::standing::as_before)
        out += property(r.info.id + ".baseline", verdict::to_string(how));
    if (r.plays.total() != 0)
        out += property(r.info.id + ".plays", in_plays(r));
    if (!r.info.proves.empty())
        out += property(r.info.id + ".requirements", requirement_ids(r));
    for (const auto& a : r.answers)
        out += property(r.info.id + ".answer", fmt::format("{}: {}", a.asked, printable(a.said)));
    return out;
}

/// What a list of failures shows: the requirement that was broken first, and what was wrong.
struct verdict_of_a_case {
    std::string type, message;
};

verdict_of_a_case verdict_of(const scenario_record& r) {
    verdict_of_a_case v{std::string(verdict::to_string(r.result)), r.reason};
    if (!r.failures.empty()) {
        const auto& first = r.failures.front();
        if (first.broken != nullptr)
            v.type = first.broken->id;
        if (v.message.empty())
            v.message = first.said_by_us;
    } else if (!r.findings.empty() && r.result != outcome::inconclusive) {
        const auto strongest = std::ranges::find_if(r.findings, [](const verdict::observed& f) {
            return f.what.broken->strength == rfc::level::must || f.what.broken->strength == rfc::level::must_not;
        });
        const auto& shown = strongest == r.findings.end() ? r.findings.front() : *strongest;
        v.type = shown.what.broken->id;
        if (v.message.empty())
            v.message = shown.what.detail;
    }
    return v;
}

std::string findings_of(const scenario_record& r) {
    std::string out;
    for (const auto& f : r.findings)
        out += explain_finding(f, r);
    return out;
}

std::string why_skipped(const scenario_record& r) {
    const auto beside = beside_baseline(r);
    if (r.result == outcome::unsupported)
        return our_words(r.reason) + (beside.empty() ? "" : "; " + beside);
    return fmt::format("{}: {}: {}", beside, verdict::to_string(r.result), our_words(r.reason));
}

std::string body_of(const scenario_record& r, kind k) {
    if (k == kind::pass)
        return {};
    if (k == kind::skipped)
        return fmt::format("      <skipped>{}</skipped>\n", xml_text(why_skipped(r)));
    const std::string_view element = k == kind::failure ? "failure" : "error";
    auto v = verdict_of(r);
    if (const auto plays = in_plays(r); !plays.empty())
        v.message = plays + ": " + v.message;
    return fmt::format("      <{0} type=\"{1}\" message=\"{2}\">{3}</{0}>\n", element, xml_attribute(v.type),
                       xml_attribute(our_words(v.message)),
                       xml_text(headline(r) + "\n" + explain_failures(r) + findings_of(r) + explain_notes(r)));
}

std::string said(const scenario_record& r, kind k) {
    std::string out = headline(r) + "\n";
    out += fmt::format("{}: {}:{}\n", r.info.unit, our_words(r.info.file), std::max(r.info.line, 1U));
    if (!r.info.proves.empty())
        out += fmt::format("proves: {}\n", requirement_ids(r));
    for (const auto& a : r.answers)
        out += fmt::format("answer: {}: {}\n", our_words(a.asked), printable(a.said));
    for (const auto& note : r.notes)
        out += fmt::format("note: {}\n", our_words(note));
    if (k == kind::pass && r.result == outcome::deviates)
        out += "deviation:\n" + explain_failures(r) + findings_of(r);
    if (const auto beside = beside_baseline(r); !beside.empty())
        out += fmt::format("baseline: {}\n", beside);
    if (k == kind::skipped && r.result != outcome::unsupported)
        out += explain_failures(r) + findings_of(r);
    if (!r.transcript.empty())
        out += "transcript:\n" + show(r.transcript);
    return out;
}

std::string dotted(std::string_view folder) {
    std::string out(folder);
    std::ranges::replace(out, '/', '.');
    return out;
}

void write_case(std::ostream& out, const scenario_record& r, strictness strict) {
    const kind k = kind_of(r, strict);
    out << fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"{}\">\n",
                       xml_attribute(dotted(folder_of(r.info))), xml_attribute(name_of(r.info.id)), seconds(r.duration))
        << body_of(r, k) << "      <system-out>" << xml_text(said(r, k)) << "</system-out>\n    </testcase>\n";
}

void write_suite(std::ostream& out, const run_record& run, const suite& records, std::size_t number,
                 strictness strict) {
    counts c;
    auto started = records.front()->started;
    for (const auto* r : records) {
        add(c, *r, strict);
        started = std::min(started, r->started);
    }
    const auto folder = folder_of(records.front()->info);
    out << fmt::format("  <testsuite id=\"{}\" name=\"{}\" package=\"{}\" timestamp=\"{:%Y-%m-%dT%H:%M:%S}\" "
                       "hostname=\"localhost\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" "
                       "time=\"{}\">\n    <properties>\n",
                       number, xml_attribute(folder), xml_attribute(dotted(folder)),
                       fmt::gmtime(std::chrono::system_clock::to_time_t(started)), c.tests, c.failures, c.errors,
                       c.skipped, seconds(c.time))
        << run_properties(run);
    for (const auto* r : records)
        out << scenario_properties(*r);
    out << "    </properties>\n";
    for (const auto* r : records)
        write_case(out, *r, strict);
    out << "  </testsuite>\n";
}

} // namespace

void write_junit(std::ostream& out, const run_record& run, strictness strict) {
    counts all;
    std::map<std::string, suite> suites;
    for (const auto& r : run.scenarios) {
        add(all, r, strict);
        suites[folder_of(r.info)].push_back(&r);
    }
    out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        << fmt::format("<testsuites name=\"mailspec\" tests=\"{}\" failures=\"{}\" errors=\"{}\" time=\"{}\">\n",
                       all.tests, all.failures, all.errors, seconds(run.duration));
    std::size_t number = 0;
    for (const auto& [folder, records] : suites)
        write_suite(out, run, records, number++, strict);
    out << "</testsuites>\n" << std::flush;
}

} // namespace mailspec::reports
