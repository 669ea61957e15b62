#include "harness/verdict/record.hpp"

namespace mailspec::verdict {

outcome counted(const scenario_record& record) { return record.compared ? record.compared->counts : record.result; }

standing standing_of(const scenario_record& record) {
    return record.compared ? record.compared->how : standing::as_before;
}

int exit_status(const run_record& run, strictness s) {
    if (run.interrupted)
        return 130;
    if (run.scenarios.empty())
        return 2;
    bool failed = false, unjudged = false;
    for (const auto& each : run.scenarios)
        switch (counted(each)) {
        case outcome::broken: return 4;
        case outcome::violates: failed = true; break;
        case outcome::deviates: failed = failed || s == strictness::strict; break;
        case outcome::inconclusive: unjudged = true; break;
        case outcome::conforms:
        case outcome::unsupported: break;
        }
    return failed ? 1 : unjudged ? 3 : 0;
}

} // namespace mailspec::verdict
