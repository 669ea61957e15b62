#pragma once

#include "harness/net/handler_room.hpp"
#include "harness/net/stream.hpp"
#include "harness/net/tcp_socket.hpp"

#include <boost/asio/steady_timer.hpp>

#include <array>
#include <memory>

namespace mailspec::net {

/// Keeps the deadlines of one socket's operations with one timer.
///
/// The timer is armed for the earliest deadline it has seen and looks anew when it fires, so that deadlines which
/// only move later, as those of a dialogue do, never touch the timer queue.
class watchdog : public std::enable_shared_from_this<watchdog> {
public:
    enum class side { reading, writing };

    explicit watchdog(tcp_socket& guarded);

    /// Why the socket was cancelled; none while it was not.
    trouble verdict() const { return verdict_; }
    /// Cancels what is under way and whatever is begun later.
    void give_up(trouble why);
    /// No timer stays behind; the socket is not touched again.
    void retire();
    bool retired() const { return !guarded_; }
    /// For the handler of a read, which keeps the watchdog.
    handler_room& room() { return room_; }

    /// From here to end() one operation of that side is under way.
    void begin(side which, clock::time_point deadline);
    void end(side which) { due(which) = never; }

    /// Guards one operation while it lives.
    class guard {
    public:
        guard(watchdog& owner, side which, clock::time_point deadline) : owner_(owner), which_(which) {
            owner_.begin(which_, deadline);
        }
        ~guard() { owner_.end(which_); }
        guard(const guard&) = delete;
        guard& operator=(const guard&) = delete;

    private:
        watchdog& owner_;
        side which_;
    };

private:
    static constexpr clock::time_point never = clock::time_point::max();

    clock::time_point& due(side s) { return due_[s == side::reading ? 0 : 1]; }
    void arm(clock::time_point at);
    void fired();

    tcp_socket* guarded_;
    clock::time_point armed_ = never;
    std::array<clock::time_point, 2> due_{never, never};
    trouble verdict_ = trouble::none;
    handler_room room_;
    boost::asio::steady_timer timer_;
};

} // namespace mailspec::net
