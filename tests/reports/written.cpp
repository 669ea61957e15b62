#include "tests/reports/written.hpp"

#include "reports/junit.hpp"

#include <sstream>

namespace mailspec::tests {

std::string on_console(const verdict::run_record& run, const reports::console_options& options,
                       const std::vector<std::string>& notes) {
    std::ostringstream out;
    reports::console c(out, options);
    c.run_started(run.info);
    for (const auto& s : run.scenarios) {
        c.scenario_started(s.info);
        c.scenario_ended(s);
    }
    c.run_ended(run);
    c.close(run, notes);
    return out.str();
}

std::string as_junit(const verdict::run_record& run, verdict::strictness strict) {
    std::ostringstream out;
    reports::write_junit(out, run, strict);
    return out.str();
}

} // namespace mailspec::tests
