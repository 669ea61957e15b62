#include "reports/coverage_json.hpp"

#include "reports/json.hpp"

#include <fmt/format.h>

#include <ostream>

namespace mailspec::reports {
namespace {

std::string numbers(const coverage_count& c) {
    return fmt::format(R"("catalogued": {}, "proven": {}, "untestable": {}, "open": {})", c.catalogued, c.proven,
                       c.untestable, c.open);
}

std::string words(const std::vector<std::string>& all) {
    std::string out;
    for (const auto& each : all)
        out.append(out.empty() ? "" : ", ").append(json_string(each));
    return "[" + out + "]";
}

std::string requirement(const covered& c) {
    const auto& r = *c.what;
    std::vector<std::string> sources;
    for (const auto& s : r.sources)
        sources.push_back(fmt::format(R"({{"rfc": {}, "section": {}, "sentence": {}}})", json_string(s.rfc),
                                      json_string(s.section), json_string(s.sentence)));
    std::vector<std::string> fields{fmt::format(R"("id": {}, "level": {}, "state": {})", json_string(r.id),
                                                json_string(rfc::to_string(r.strength)),
                                                json_string(to_string(c.stands()))),
                                    "\"title\": " + json_string(r.title)};
    if (const auto profile = profile_of(r); !profile.empty())
        fields.push_back("\"profile\": " + json_string(profile));
    fields.push_back("\"sources\": " + json_list(sources, "      "));
    fields.push_back("\"proven_by\": " + words(c.proven_by));
    fields.push_back("\"answered_by\": " + words(c.answered_by));
    fields.push_back("\"watched_by\": " + words(c.watched_by));
    fields.push_back(fmt::format("\"mischief\": {}", c.shown == covered::breach::known ? "true" : "false"));
    if (!r.untestable.empty())
        fields.push_back("\"untestable\": " + json_string(r.untestable));
    std::string out;
    for (const auto& field : fields)
        out += fmt::format("{}\n      {}", out.empty() ? "" : ",", field);
    return "{" + out + "\n    }";
}

} // namespace

void write_coverage_json(std::ostream& out, const coverage& all, std::string_view version) {
    std::vector<std::string> counts, requirements;
    for (const auto& [rfc, levels] : counts_of(all))
        for (const auto& [level, count] : levels)
            counts.push_back(fmt::format(R"({{"rfc": {}, "level": {}, {}}})", json_string(rfc),
                                         json_string(rfc::to_string(level)), numbers(count)));
    for (const auto& each : all.requirements)
        requirements.push_back(requirement(each));
    out << fmt::format("{{\n  \"mailspec\": {},\n  \"total\": {{{}}},\n  \"counts\": {},\n  \"requirements\": {}\n}}\n",
                       json_string(version), numbers(total_of(all)), json_list(counts, "  "),
                       json_list(requirements, "  "))
        << std::flush;
}

} // namespace mailspec::reports
