#include "tools/mailspec/run_reports.hpp"

#include "tools/mailspec/coverage.hpp"
#include "tools/mailspec/report_file.hpp"
#include "tools/mailspec/scenarios.hpp"

#include "reports/html.hpp"
#include "reports/junit.hpp"
#include "reports/run_json.hpp"

#include <algorithm>
#include <ostream>

namespace mailspec::tools {
namespace {

void write_one(std::ostream& out, run_report::format kind, const verdict::run_record& record, verdict::strictness s) {
    switch (kind) {
    case run_report::format::junit: return reports::write_junit(out, record, s);
    case run_report::format::json: return reports::write_run_json(out, record);
    case run_report::format::html: return reports::write_html(out, record, coverage_of(bundled_scenarios()), s);
    }
}

} // namespace

std::string run_reports::probe() const {
    for (const auto& each : wanted_)
        if (auto fault = report_file(each.file).probe(); !fault.empty())
            return fault;
    return {};
}

std::ostream& run_reports::console_stream(const world& to) const {
    const auto has_it = [](const run_report& r) { return report_file(r.file).is_standard_output(); };
    return std::ranges::any_of(wanted_, has_it) ? to.err : to.out;
}

run_reports::written run_reports::write(const verdict::run_record& record, verdict::strictness s) const {
    written result;
    for (const auto& [kind, file] : wanted_) {
        const report_file at(file);
        const auto fault = at.write([&, k = kind](std::ostream& out) { write_one(out, k, record, s); });
        if (!fault.empty())
            result.status = exit_broken;
        if (!fault.empty() || !at.is_standard_output())
            result.notes.push_back(fault.empty() ? "report: " + at.path() : fault);
    }
    return result;
}

reports::console_options look_of(detail how_much, verdict::strictness s, const world& to) {
    using wanted = reports::console_options::detail;
    reports::console_options look = to.look;
    look.strict = s;
    look.how_much = how_much == detail::quiet     ? wanted::quiet
                    : how_much == detail::verbose ? wanted::verbose
                                                  : wanted::normal;
    return look;
}

} // namespace mailspec::tools
