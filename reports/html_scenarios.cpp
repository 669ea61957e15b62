#include "reports/baseline_words.hpp"
#include "reports/escape.hpp"
#include "reports/explain.hpp"
#include "reports/html_parts.hpp"
#include "reports/summary.hpp"
#include "reports/transcript.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

namespace mailspec::reports::html {
namespace {

using verdict::outcome;
using verdict::scenario_record;

/// What went wrong first.
constexpr outcome shown_order[] = {outcome::violates, outcome::broken,      outcome::inconclusive,
                                   outcome::deviates, outcome::unsupported, outcome::conforms};

bool is_opened(outcome o) { return o != outcome::unsupported && o != outcome::conforms; }

std::string proves(const scenario_record& r) {
    std::string out;
    for (const auto* each : r.info.proves)
        out.append(out.empty() ? "" : ", ").append(link_to_requirement(*each));
    return row("proves", out);
}

std::string facts_about(const scenario_record& r) {
    std::string out =
        fmt::format("<dl><dt>{}</dt><dd>{}:{}</dd>\n", r.info.unit, words(r.info.file), std::max(r.info.line, 1U));
    out += proves(r);
    if (const auto plays = in_plays(r); !plays.empty())
        out += fmt::format("<dt>{}</dt><dd>{}</dd>\n", verdict::to_string(r.result), plays);
    if (const auto beside = beside_baseline(r); !beside.empty())
        out += fmt::format("<dt>baseline</dt><dd>{}</dd>\n", words(beside));
    if (!r.reason.empty())
        out += fmt::format("<dt>because</dt><dd>{}</dd>\n", words(r.reason));
    for (const auto& a : r.answers)
        out += fmt::format("<dt>answer</dt><dd>{} <b>{}</b></dd>\n", words(a.asked), cut(a.said));
    for (const auto& note : r.notes)
        out += fmt::format("<dt>note</dt><dd>{}</dd>\n", words(note));
    for (const auto& name : r.left_behind)
        out += fmt::format("<dt>left behind</dt><dd>{}</dd>\n", said(name));
    return out + "</dl>\n";
}

constexpr std::size_t lines_before = 8, lines_after = 4;

/// The requirement with its sentences.
std::string demand(const rfc::requirement& r) {
    return fmt::format("<p>{} {}: {}</p>\n{}", badge(rfc::to_string(r.strength)), link_to_requirement(r),
                       words(r.title), sentences(r));
}

std::string differences(const std::vector<verdict::difference>& all) {
    if (all.empty())
        return {};
    std::string out =
        "<div class=\"wide\"><table><tr><th></th><th class=\"text\">before</th><th class=\"text\">after</th>"
        "<th class=\"text\">declared</th><th class=\"text\">told</th></tr>\n";
    for (const auto& d : all)
        out +=
            fmt::format("<tr><td>{}</td><td class=\"text\">{}</td><td class=\"text\">{}</td><td class=\"text\">{}</td>"
                        "<td class=\"text\">{}</td></tr>\n",
                        cut(d.what), cut(d.before), cut(d.after), words(d.declared), cut(d.told));
    return out + "</table></div>\n";
}

std::string failed(const verdict::failure& f, const scenario_record& r) {
    std::string out = "<div class=\"failure\">\n" + (f.broken ? demand(*f.broken) : "") + "<dl>";
    out += row("line", f.line == 0 ? "" : std::to_string(f.line)) + row("expected", words(f.expected));
    out +=
        row("came", cut(f.said_by_server)) + row("wrong", words(f.said_by_us)) + "</dl>\n" + differences(f.differences);
    if (!r.transcript.empty())
        out += fmt::format("<pre>{}</pre>\n",
                           xml_text(show_around(r.transcript, f.transcript_at, lines_before, lines_after)));
    return out + "</div>\n";
}

std::string found(const verdict::observed& f, const scenario_record& r) {
    std::string out =
        "<div class=\"failure\">\n" + demand(*f.what.broken) + "<dl>" + row("found", words(f.what.detail));
    out += row("in", words(fmt::format("octet {} of {}{}", f.what.at, f.session,
                                       f.times > 1 ? fmt::format(", {} times", f.times) : ""))) +
           "</dl>\n";
    if (f.transcript_at < r.transcript.size())
        out += fmt::format("<pre>{}</pre>\n", xml_text(show_around(r.transcript, f.transcript_at, 1, 0)));
    return out + "</div>\n";
}

/// The same as the console has it, to be pasted into a bug report.
std::string as_text(const scenario_record& r) {
    std::string text = headline(r) + "\n" + explain_failures(r);
    for (const auto& f : r.findings)
        text += explain_finding(f, r);
    text += explain_notes(r);
    return "<details><summary>as text, for a bug report</summary><pre>" + xml_text(text) + "</pre></details>\n";
}

std::string explanation(const scenario_record& r) {
    std::string out;
    for (const auto& f : r.failures)
        out += failed(f, r);
    for (const auto& f : r.findings)
        out += found(f, r);
    return is_opened(r.result) ? out + as_text(r) : out;
}

/// For the filter, which is there where a baseline is.
std::string data_of_baseline(const scenario_record& r) {
    return r.compared ? fmt::format(" data-baseline=\"{}\"", verdict::to_string(r.compared->how)) : "";
}

void write_one(std::ostream& out, const scenario_record& r) {
    const auto name = verdict::to_string(r.result);
    out << fmt::format(
               "<details class=\"item\" id=\"{}\" data-outcome=\"{}\" data-folder=\"{}\"{}><summary>{}{} <b>{}</b> {} "
               "<span class=\"faint\">{:.1f} ms</span></summary>\n",
               scenario_anchor(r.info.id), name, value(folder_of(r.info)), data_of_baseline(r), badge(name),
               standing_badge(r), words(r.info.id), words(r.info.title),
               std::chrono::duration<double, std::milli>(r.duration).count())
        << facts_about(r) << explanation(r);
    if (!r.transcript.empty())
        out << "<details><summary>transcript</summary><pre>" << xml_text(show(r.transcript)) << "</pre></details>\n";
    out << "</details>\n";
}

std::vector<std::string> folders_of(const verdict::run_record& run) {
    std::vector<std::string> out;
    for (const auto& [folder, count] : tally_by_folder(run))
        out.push_back(folder);
    return out;
}

std::vector<std::string> outcomes_of(const tally& all) {
    std::vector<std::string> out;
    for (const auto o : shown_order)
        if (all.of(o) != 0)
            out.emplace_back(verdict::to_string(o));
    return out;
}

std::vector<std::string> standings() {
    using verdict::standing;
    std::vector<std::string> out;
    for (const auto how : {standing::fresh, standing::known, standing::better, standing::lost, standing::as_before})
        out.emplace_back(verdict::to_string(how));
    return out;
}

} // namespace

void write_scenarios(std::ostream& out, const verdict::run_record& run) {
    const auto all = tally_of(run);
    out << fmt::format("<h2 id=\"scenarios\">{}</h2>\n", units_of(run)) << filter_begin("scenario-list")
        << filter_choice("outcome", "outcome", outcomes_of(all)) << filter_choice("folder", "folder", folders_of(run))
        << (run.info.baseline.empty() ? "" : filter_choice("baseline", "baseline", standings())) << filter_end()
        << "<div id=\"scenario-list\">\n";
    for (const auto o : shown_order) {
        if (all.of(o) == 0)
            continue;
        out << fmt::format("<details class=\"group\"{0}><summary><span class=\"{1}\">{1}</span> {2}</summary>\n",
                           is_opened(o) ? " open" : "", verdict::to_string(o), all.of(o));
        for (const auto& r : run.scenarios)
            if (r.result == o)
                write_one(out, r);
        out << "</details>\n";
    }
    out << "</div>\n";
}

} // namespace mailspec::reports::html
