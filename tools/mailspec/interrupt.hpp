#pragma once

#include <functional>
#include <memory>

namespace mailspec::tools {

/// Keeps SIGINT, SIGTERM and SIGHUP from ending the process and calls a function instead, on a thread of its own; the
/// third one ends the process at once with status 130. Make it before any other thread, so that all leave the signals
/// to it. SIGPIPE ends nothing either: a write to a pipe that nobody reads any more fails. The signals stay blocked
/// after it: what comes between its end and that of the process changes no exit status.
class interrupt_watch {
public:
    explicit interrupt_watch(std::function<void()> on_interrupt);
    ~interrupt_watch();
    interrupt_watch(const interrupt_watch&) = delete;
    interrupt_watch& operator=(const interrupt_watch&) = delete;

    /// Returns after the first interruption.
    void wait();

private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace mailspec::tools
