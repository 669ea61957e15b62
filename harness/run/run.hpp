#pragma once

#include "harness/run/plan.hpp"
#include "harness/run/target.hpp"
#include "harness/verdict/baseline.hpp"
#include "harness/verdict/listener.hpp"
#include "harness/wire/buffer.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <string>

namespace mailspec::run {

/// How a run is done.
struct options {
    std::size_t jobs = 4;                     ///< scenarios side by side
    std::size_t times = 1;                    ///< that each is played
    std::chrono::milliseconds timeout{10000}; ///< of each operation: connect, one answer
    std::chrono::milliseconds cleanup{5000};  ///< of all cleaning up after an interruption
    wire::limits limits;                      ///< of what a server may send
    std::size_t transcript =
        32u << 10;       ///< octets kept of each scenario's transcript: half from its begin, half from its end
    std::string token;   ///< in names of scratch mailboxes; empty: at random
    std::string version; ///< mailspec's own, for run_info
    const verdict::baseline* baseline = nullptr; ///< what the records are compared with; null: nothing
};

/// A way to end a run from outside: a signal handler, another thread.
class stop_handle {
public:
    stop_handle();
    ~stop_handle();
    stop_handle(const stop_handle&) = delete;
    stop_handle& operator=(const stop_handle&) = delete;

    /// Ends the run soon: running scenarios are abandoned and cleaned up, no other is started. A second request
    /// abandons the cleaning too. Safe in a signal handler and from any thread.
    void request() noexcept;
    bool requested() const noexcept;
    int descriptor() const noexcept; ///< one octet can be read for each request; the run does

private:
    int read_end_ = -1, write_end_ = -1;
    std::atomic<int> requests_{0};
};

/// Runs the plan against the target and tells the listener; never throws for what a server does. A scenario that is
/// played many times has one record, which tells of its worst play and how many there were of each outcome.
///
/// Takes    a target whose secrets are resolved.
/// Gives    the record of all that ran; interrupted is set if the handle asked for it. What had not been started
///          by then is not in the record.
verdict::run_record run(const plan& what, const target& against, const options& how, verdict::listener& hears,
                        stop_handle& stop);

} // namespace mailspec::run
