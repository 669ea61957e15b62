#include "tools/mailspec/interrupt.hpp"

#include <atomic>
#include <cerrno>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace mailspec::tools {
namespace {

constexpr int exit_interrupted = 130;
constexpr int most_interruptions = 3;

/// What ends a run. Of a run by nohup the terminal that hangs up is no business.
sigset_t ends() {
    sigset_t all{};
    ::sigemptyset(&all);
    ::sigaddset(&all, SIGINT);
    ::sigaddset(&all, SIGTERM);
    struct sigaction now {};
    if (::sigaction(SIGHUP, nullptr, &now) == 0 && now.sa_handler != SIG_IGN)
        ::sigaddset(&all, SIGHUP);
    return all;
}

} // namespace

struct interrupt_watch::state {
    std::function<void()> on_interrupt;
    int signals = -1; ///< readable when one came
    int over = -1;    ///< readable at the end
    std::atomic<int> count{0};
    std::thread watcher;

    void watch() {
        pollfd both[]{{signals, POLLIN, 0}, {over, POLLIN, 0}};
        for (;;) {
            if (::poll(both, 2, -1) < 0 && errno != EINTR)
                return;
            if (both[1].revents != 0)
                return;
            signalfd_siginfo which{};
            if (both[0].revents == 0 || ::read(signals, &which, sizeof which) != sizeof which)
                continue;
            if (which.ssi_signo == SIGHUP && count > 0) // shell and kernel both say that the terminal is gone
                continue;
            if (++count == most_interruptions)
                ::_exit(exit_interrupted);
            on_interrupt();
            count.notify_all();
        }
    }
};

interrupt_watch::interrupt_watch(std::function<void()> on_interrupt) : state_(new state) {
    const sigset_t watched = ends();
    ::signal(SIGPIPE, SIG_IGN); // who reads the output may go away: the run still cleans up and writes its reports
    ::pthread_sigmask(SIG_BLOCK, &watched, nullptr);
    state_->on_interrupt = std::move(on_interrupt);
    state_->signals = ::signalfd(-1, &watched, SFD_CLOEXEC);
    state_->over = ::eventfd(0, EFD_CLOEXEC);
    if (state_->signals < 0 || state_->over < 0)
        throw std::system_error(errno, std::generic_category(), "cannot watch for Ctrl-C");
    state_->watcher = std::thread([s = state_.get()] { s->watch(); });
}

interrupt_watch::~interrupt_watch() {
    ::eventfd_write(state_->over, 1);
    state_->watcher.join();
    ::close(state_->signals);
    ::close(state_->over);
}

void interrupt_watch::wait() { state_->count.wait(0); }

} // namespace mailspec::tools
