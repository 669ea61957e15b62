#pragma once

#include "harness/run/facts.hpp"
#include "harness/run/io.hpp"
#include "harness/run/target.hpp"
#include "harness/scenario/scenario.hpp"
#include "harness/verdict/masker.hpp"
#include "harness/verdict/record.hpp"
#include "harness/wire/buffer.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

namespace mailspec::run {

/// Plays one scenario by asking for I/O: no socket, no clock, no thread.
///
/// Takes    the scenario, target and facts live longer than the interpreter. Start with resume({}); do what wanted()
///          asks, then resume() with how it went, until it asks for action::kind::finished.
/// Gives    the record, once finished.
class interpreter {
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
    ~interpreter();
    interpreter(const interpreter&) = delete;
    interpreter& operator=(const interpreter&) = delete;

    const action& resume(event e);
    /// Where a receive or listen puts the octets of that line: prepare() and commit().
    wire::buffer& input(std::size_t line);
    /// Once finished.
    verdict::scenario_record take_record();

private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace mailspec::run
