#include "harness/net/watchdog.hpp"

#include <algorithm>

namespace mailspec::net {

watchdog::watchdog(tcp_socket& guarded) : guarded_(&guarded), timer_(guarded.get_executor()) {}

void watchdog::give_up(trouble why) {
    if (verdict_ == trouble::none)
        verdict_ = why;
    if (guarded_) {
        boost::system::error_code ignored;
        guarded_->cancel(ignored);
    }
}

void watchdog::retire() {
    guarded_ = nullptr;
    armed_ = never;
    timer_.cancel();
}

void watchdog::begin(side which, clock::time_point deadline) {
    due(which) = deadline;
    if (deadline < armed_ && guarded_)
        arm(deadline);
}

void watchdog::arm(clock::time_point at) {
    armed_ = at;
    timer_.expires_at(at);
    timer_.async_wait([weak = weak_from_this()](boost::system::error_code failed) {
        auto self = weak.lock();
        if (self && !failed)
            self->fired();
    });
}

void watchdog::fired() {
    armed_ = never;
    auto next = std::min(due_[0], due_[1]);
    if (next == never || !guarded_)
        return;
    if (next <= clock::now())
        give_up(trouble::timed_out);
    else
        arm(next);
}

} // namespace mailspec::net
