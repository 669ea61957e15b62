#include "reports/html_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <set>

namespace mailspec::reports::html {
namespace {

/// What this run held against the server.
std::set<const rfc::requirement*> broken_in(const verdict::run_record& run) {
    std::set<const rfc::requirement*> out;
    for (const auto& r : run.scenarios) {
        for (const auto& f : r.failures)
            out.insert(f.broken);
        for (const auto& f : r.findings)
            out.insert(f.what.broken);
    }
    return out;
}

std::string numbers(const coverage_count& c) {
    return fmt::format("<td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n", c.catalogued, c.proven,
                       c.untestable, c.open, c.share());
}

std::string counts_table(const coverage& all) {
    std::string out =
        "<div class=\"wide\"><table><tr><th>RFC</th><th class=\"text\">level</th><th>catalogued</th><th>proven</th>"
        "<th>untestable</th><th>open</th><th>of the testable</th></tr>\n";
    for (const auto& [rfc, levels] : counts_of(all))
        for (const auto& [level, count] : levels)
            out += fmt::format("<tr><td>{}</td><td class=\"text\">{}</td>", words(rfc), rfc::to_string(level)) +
                   numbers(count);
    return out + "<tr><th>each once</th><td></td>" + numbers(total_of(all)) + "</table></div>\n";
}

std::set<std::string_view> rfcs_of(const rfc::requirement& r) {
    std::set<std::string_view> out;
    for (const auto& s : r.sources)
        out.insert(s.rfc);
    return out;
}

std::string joined(const std::set<std::string_view>& all) {
    std::string out;
    for (const auto each : all)
        out.append(out.empty() ? "" : "|").append(each);
    return out;
}

/// Links lead only to what stands in this page.
std::string scenarios(const std::vector<std::string>& ids, const std::set<std::string_view>& ran) {
    std::string out;
    for (const auto& id : ids)
        out.append(out.empty() ? "" : ", ").append(ran.contains(id) ? link_to_scenario(id) : words(id));
    return out;
}

std::string basis_of(const covered& c, const std::set<std::string_view>& ran) {
    std::string watchers;
    for (const auto& each : c.watched_by)
        watchers.append(watchers.empty() ? "the " : ", the ").append(each);
    std::string out = row("proven by", scenarios(c.proven_by, ran));
    out += row("answers of", scenarios(c.answered_by, ran)) + row("found by", words(watchers));
    out += row("mischief", c.shown == covered::breach::known ? words(c.what->id) : "");
    out += row("untestable", words(c.what->untestable));
    return out.empty() ? "" : "<dl>" + out + "</dl>\n";
}

void write_one(std::ostream& out, const covered& c, const std::set<std::string_view>& ran, bool breaks) {
    const auto& r = *c.what;
    const auto state = to_string(c.stands()), level = rfc::to_string(r.strength);
    const auto profile = profile_of(r);
    out << fmt::format("<details class=\"item\" id=\"{}\" data-state=\"{}\" data-level=\"{}\" data-rfc=\"{}\" "
                       "data-profile=\"{}\"><summary>{} {}{} <b>{}</b> {} <span class=\"faint\">{}</span></summary>\n",
                       requirement_anchor(r.id), state, level, value(joined(rfcs_of(r))), profile, badge(state),
                       badge(level), breaks ? " " + badge("broken") : "", words(r.id), words(r.title), profile)
        << sentences(r) << basis_of(c, ran) << "</details>\n";
}

std::vector<std::string> rfcs_in(const coverage& all) {
    std::vector<std::string> out;
    for (const auto& [rfc, levels] : counts_of(all))
        out.emplace_back(rfc);
    return out;
}

} // namespace

void write_coverage(std::ostream& out, const verdict::run_record& run, const coverage& all) {
    const auto broken = broken_in(run);
    std::set<std::string_view> ran;
    for (const auto& r : run.scenarios)
        ran.insert(r.info.id);
    out << "<h2 id=\"requirements\">Requirements</h2>\n<p>What the RFCs demand of a server, and what of it mailspec "
           "proves: "
           "somebody notices where it is broken, and a deliberate breach in the built-in server has shown that.</p>\n"
        << counts_table(all) << filter_begin("requirement-list") << filter_choice("rfc", "RFC", rfcs_in(all))
        << filter_choice("level", "level", {"MUST", "MUST NOT", "SHOULD", "SHOULD NOT", "MAY"})
        << filter_choice("state", "state", {"proven", "untestable", "open"})
        << filter_choice("profile", "IMAP", {"rev1", "rev2", "both"}) << filter_end()
        << "<div id=\"requirement-list\">\n";
    const auto protocol_of = [](const covered& c) { return c.what->id.substr(0, c.what->id.find('.')); };
    for (auto each = all.requirements.begin(); each != all.requirements.end();) {
        const auto protocol = protocol_of(*each);
        const auto end =
            std::find_if(each, all.requirements.end(), [&](const covered& c) { return protocol_of(c) != protocol; });
        out << fmt::format("<details class=\"group\"><summary>{} {}</summary>\n", words(protocol), end - each);
        for (; each != end; ++each)
            write_one(out, *each, ran, broken.contains(each->what));
        out << "</details>\n";
    }
    out << "</div>\n";
}

} // namespace mailspec::reports::html
