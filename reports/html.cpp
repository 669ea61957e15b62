#include "reports/html.hpp"

#include "harness/verdict/baseline.hpp"
#include "reports/html_parts.hpp"
#include "reports/summary.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <ostream>
#include <vector>

namespace mailspec::reports {
namespace {

using namespace html;
using verdict::outcome;
using verdict::run_record;
using verdict::scenario_record;

constexpr outcome shown_order[] = {outcome::conforms,    outcome::deviates,     outcome::violates,
                                   outcome::unsupported, outcome::inconclusive, outcome::broken};

std::string_view verdict_of(const run_record& run, verdict::strictness strict) {
    switch (verdict::exit_status(run, strict)) {
    case 0:
        return run.info.baseline.empty()
                   ? "nothing was broken that a server must keep"
                   : "nothing was broken that a server must keep, but for what the baseline knows";
    case 1: return "the server broke what it must keep";
    case 3: return "something could not be judged";
    default: return "mailspec itself failed";
    }
}

void write_head(std::ostream& out, const run_record& run, verdict::strictness strict) {
    out << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
           "script-src 'unsafe-inline'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
        << fmt::format(
               "<title>mailspec: {}</title>\n<style>{}</style>\n</head>\n<body>\n<header>\n"
               "<h1>mailspec: {}</h1>\n<p>{}</p>\n<p class=\"faint\">{:%Y-%m-%d %H:%M:%S} UTC, mailspec {}{}</p>\n",
               words(run.info.target), style(), words(run.info.target), verdict_of(run, strict),
               fmt::gmtime(std::chrono::system_clock::to_time_t(run.info.started)), words(run.info.version),
               run.info.baseline.empty() ? "" : ", compared with " + words(run.info.baseline))
        << "<nav><a href=\"#summary\">Summary</a><a href=\"#broken\">What was not kept</a>"
           "<a href=\"#scenarios\">"
        << units_of(run) << "</a><a href=\"#requirements\">Requirements</a></nav>\n</header>\n<main>\n";
}

void write_tiles(std::ostream& out, const run_record& run) {
    const auto all = tally_of(run);
    out << "<h2 id=\"summary\">Summary</h2>\n<p>" << words(closing_line(run).substr(0, closing_line(run).size() - 1))
        << "</p>\n<ul class=\"tiles\">\n";
    for (const auto o : shown_order)
        out << fmt::format("<li class=\"{0}\"><b>{1}</b>{0}</li>\n", verdict::to_string(o), all.of(o));
    out << "</ul>\n";
}

/// One line per folder, one column per outcome that occurred.
void write_folders(std::ostream& out, const run_record& run) {
    const auto all = tally_of(run);
    std::vector<outcome> columns;
    std::ranges::copy_if(shown_order, std::back_inserter(columns), [&](outcome o) { return all.of(o) != 0; });
    out << "<details><summary>Folders</summary><div class=\"wide\"><table><tr><th>folder</th>";
    for (const auto o : columns)
        out << "<th>" << verdict::to_string(o) << "</th>";
    out << "</tr>\n";
    for (const auto& [folder, count] : tally_by_folder(run)) {
        out << "<tr><td>" << words(folder) << "</td>";
        for (const auto o : columns)
            out << fmt::format("<td class=\"{}\">", verdict::to_string(o))
                << (count.of(o) == 0 ? "" : std::to_string(count.of(o))) << "</td>";
        out << "</tr>\n";
    }
    out << "</table></div></details>\n";
}

void write_servers(std::ostream& out, const run_record& run) {
    if (run.servers.empty())
        return;
    out << "<details><summary>Servers</summary><div class=\"wide\"><table><tr><th>protocol</th><th "
           "class=\"text\">endpoint</th>"
           "<th class=\"text\">name</th><th class=\"text\">greeting</th><th class=\"text\">capabilities</th></tr>\n";
    for (const auto& s : run.servers)
        out << fmt::format(
            "<tr><td>{}</td><td class=\"text\">{}</td><td class=\"text\">{}</td><td class=\"long\">{}</td>"
            "<td class=\"long\">{}</td></tr>\n",
            words(s.protocol), words(s.endpoint), said(s.name), said(s.greeting), said(s.capabilities));
    out << "</table></div></details>\n";
}

/// Each requirement that was not kept, and the scenarios that show it, the strongest demands first.
void write_broken(std::ostream& out, const run_record& run) {
    std::map<std::pair<rfc::level, std::string_view>,
             std::pair<const rfc::requirement*, std::vector<const scenario_record*>>>
        broken;
    for (const auto& s : run.scenarios)
        for (const auto* r : verdict::broken_by(s))
            if (r) {
                auto& [what, where] = broken[{r->strength, r->id}];
                what = r;
                where.push_back(&s);
            }
    out << "<h2 id=\"broken\">What was not kept</h2>\n";
    if (broken.empty())
        out << "<p>Every requirement that was looked at was kept.</p>\n";
    for (const auto& [key, entry] : broken) {
        const auto& [what, where] = entry;
        out << fmt::format("<details class=\"item\"><summary>{} <b>{}</b> {} <span class=\"faint\">in {} "
                           "{}{}</span></summary>\n",
                           badge(rfc::to_string(what->strength)), words(what->id), words(what->title), where.size(),
                           words(run.info.unit), where.size() == 1 ? "" : "s")
            << sentences(*what) << "<p>";
        for (const auto* each : where)
            out << (each == where.front() ? "" : ", ") << link_to_scenario(each->info.id) << standing_badge(*each);
        out << "</p></details>\n";
    }
}

} // namespace

void write_html(std::ostream& out, const run_record& run, const coverage& all, verdict::strictness strict) {
    write_head(out, run, strict);
    write_tiles(out, run);
    write_folders(out, run);
    write_servers(out, run);
    write_broken(out, run);
    write_scenarios(out, run);
    html::write_coverage(out, run, all);
    out << "</main>\n<script>" << script() << "</script>\n</body>\n</html>\n" << std::flush;
}

} // namespace mailspec::reports
