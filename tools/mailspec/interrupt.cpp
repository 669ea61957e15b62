#include "tools/mailspec/interrupt.hpp"

#include <atomic>
#include <pthread.h>
#include <signal.h>
#include <thread>
#include <unistd.h>

namespace mailspec::tools {
namespace {

constexpr int exit_interrupted = 130;
constexpr int most_interruptions = 3;

} // namespace

struct interrupt_watch::state {
    std::function<void()> on_interrupt;
    sigset_t watched{};
    sigset_t before{};
    std::atomic<int> count{0};
    std::atomic<bool> over{false};
    std::thread watcher;

    void watch() {
        int signal = 0;
        while (::sigwait(&watched, &signal) == 0 && !over) {
            if (++count == most_interruptions)
                ::_exit(exit_interrupted);
            on_interrupt();
            count.notify_all();
        }
    }
};

interrupt_watch::interrupt_watch(std::function<void()> on_interrupt) : state_(new state) {
    state_->on_interrupt = std::move(on_interrupt);
    ::sigemptyset(&state_->watched);
    ::sigaddset(&state_->watched, SIGINT);
    ::sigaddset(&state_->watched, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &state_->watched, &state_->before);
    state_->watcher = std::thread([s = state_.get()] { s->watch(); });
}

interrupt_watch::~interrupt_watch() {
    state_->over = true;
    ::pthread_kill(state_->watcher.native_handle(), SIGTERM);
    state_->watcher.join();
    ::pthread_sigmask(SIG_SETMASK, &state_->before, nullptr);
}

void interrupt_watch::wait() { state_->count.wait(0); }

} // namespace mailspec::tools
