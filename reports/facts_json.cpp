#include "reports/facts_json.hpp"

#include "reports/escape.hpp"
#include "reports/json.hpp"
#include "reports/server_json.hpp"

#include <fmt/format.h>

#include <ostream>

namespace mailspec::reports {
namespace {

std::string requirement(const rfc::requirement& r) {
    std::vector<std::string> sources;
    for (const auto& s : r.sources)
        sources.push_back(fmt::format(R"({{"rfc": {}, "section": {}, "sentence": {}}})", json_string(s.rfc),
                                      json_string(s.section), json_string(s.sentence)));
    return fmt::format(R"({{"id": {}, "level": {}, "title": {}, "sources": {}}})", json_string(r.id),
                       json_string(rfc::to_string(r.strength)), json_string(r.title), json_list(sources, "          "));
}

/// The words of the other reports.
std::string_view outcome_of(enum fact_cell::kind k) {
    using kind = enum fact_cell::kind;
    switch (k) {
    case kind::answered: return "answered";
    case kind::unsupported: return "unsupported";
    case kind::unjudged: return "inconclusive";
    case kind::broken: return "broken";
    case kind::missing: break;
    }
    return "not asked";
}

std::string target(const fact_target& t) {
    std::vector<std::string> servers;
    for (const auto& each : t.servers)
        servers.push_back(json_server(each));
    return fmt::format(R"({{"name": {}, "servers": {}}})", json_string(t.name), json_list(servers, "    "));
}

std::string answer(const fact_target& of, const fact_cell& cell) {
    std::string out =
        fmt::format(R"({{"target": {}, "outcome": {})", json_string(of.name), json_string(outcome_of(cell.what)));
    if (cell.what == fact_cell::kind::answered)
        out += fmt::format(R"(, "answer": {})", json_string(cell.said));
    if (cell.breaks)
        out += fmt::format(R"(, "breaks": {})", requirement(*cell.breaks));
    if (!cell.reason.empty())
        out += fmt::format(R"(, "reason": {})", json_string(cell.reason));
    return out + "}";
}

std::string fact(const facts& of, const fact_row& row) {
    std::vector<std::string> answers;
    for (std::size_t i = 0; i < row.cells.size(); ++i)
        answers.push_back(answer(of.targets[i], row.cells[i]));
    return fmt::format("{{\n      \"id\": {},\n      \"question\": {},\n      \"answers\": {}\n    }}",
                       json_string(row.id), json_string(row.question), json_list(answers, "      "));
}

} // namespace

void write_facts_json(std::ostream& out, const facts& of, std::string_view version) {
    std::vector<std::string> targets, rows;
    for (const auto& each : of.targets)
        targets.push_back(target(each));
    for (const auto& row : of.rows)
        rows.push_back(fact(of, row));
    out << fmt::format("{{\n  \"mailspec\": {},\n  \"targets\": {},\n  \"facts\": {}\n}}\n", json_string(version),
                       json_list(targets, "  "), json_list(rows, "  "))
        << std::flush;
}

} // namespace mailspec::reports
