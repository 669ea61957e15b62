#pragma once

#include "harness/run/asker.hpp"
#include "harness/run/facts.hpp"
#include "harness/run/target.hpp"
#include "harness/scenario/scenario.hpp"
#include "harness/verdict/masker.hpp"
#include "harness/verdict/record.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

namespace mailspec::run {

/// Plays one scenario by asking for I/O: no socket, no clock, no thread.
///
/// Takes    the scenario, target and facts live longer than the interpreter.
/// Gives    the record, once finished.
class interpreter final : public asker {
public:
    struct settings {
        std::chrono::milliseconds timeout{10000};
        std::chrono::milliseconds cleanup{5000}; ///< of each operation of the cleaning up
        std::size_t transcript = 128u << 10;
        wire::limits limits;
        std::string token; ///< unique to this scenario in this run
    };
    interpreter(const scenario::scenario& what, const target& against, facts& known, const verdict::masker& secrets,
                settings how);
    ~interpreter() override;
    interpreter(const interpreter&) = delete;
    interpreter& operator=(const interpreter&) = delete;

    const action& resume(event e) override;
    /// Once finished.
    verdict::scenario_record take_record();

private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace mailspec::run
