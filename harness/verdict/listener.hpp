#pragma once

#include "harness/verdict/record.hpp"

namespace mailspec::verdict {

/// Hears what happens in a run; every started is followed by its ended. Called from one thread.
class listener {
public:
    virtual ~listener() = default;
    virtual void run_started(const run_info&) {}
    virtual void scenario_started(const scenario_info&) {}
    virtual void scenario_ended(const scenario_record&) {}
    virtual void run_ended(const run_record&) {}
};

} // namespace mailspec::verdict
