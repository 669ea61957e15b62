#pragma once

#include "harness/net/stream.hpp"
#include "harness/run/asker.hpp"
#include "harness/run/burst.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace mailspec::run {

/// How connections are made; tests give memory instead of sockets.
using connector = std::function<net::task<net::connection>(const net::endpoint&, net::clock::time_point)>;

/// Does what an asker asks for, with real streams: the one loop between the two.
///
/// What can be done directly is, in a loop without coroutines; run() waits meanwhile, and does the rest.
class session final : private net::reader, private burst::sender {
public:
    session(boost::asio::any_io_executor on, asker& obeys, const connector& connect, burst& together);
    ~session();
    session(const session&) = delete;
    session& operator=(const session&) = delete;

    /// Runs until the asker has finished, or abandon().
    net::task<void> run();
    /// Ends what goes on as cancelled; what is asked for after it goes on: an interpreter cleans up. An answer that is
    /// due has that long to come: what a command makes can be cleaned away only when it is there.
    void interrupt(std::chrono::milliseconds grace);
    /// Ends every operation from now on.
    void abandon();

private:
    struct channel;
    enum class doing { directly, with_coroutine, nothing_more };
    doing go_on(event e);
    /// Gives how it went, or nothing: then `what` says how it goes on.
    std::optional<event> do_directly(const action& a, doing& what);
    void read_ended(net::result how) override;
    void send_now() override;
    void carry_on(event e);
    event take(net::result got);
    net::task<event> perform(const action& a);
    net::task<event> connect(const action& a);
    net::task<event> receive(const action& a);
    net::task<event> wait_for_read(channel& c, const action& a);
    void commit(channel& c, wire::buffer& in);
    void cancel_current();
    channel& turn_to(std::size_t line);
    channel* plain_channel(const action& a); ///< null where a listen() left a read under way

    // What every command needs comes first, close together.
    asker& obeys_;
    burst& together_;
    const action* wanted_ = nullptr;
    net::clock::time_point started_;
    net::clock::time_point now_ = started_;
    enum class interruption { none, asked, told } interrupted_ = interruption::none;
    doing doing_ = doing::directly;
    bool abandoned_ = false;
    std::size_t sent_ = 0;             ///< octets of what is to be sent that went already
    std::shared_ptr<channel> current_; ///< whose operation is under way
    std::size_t current_line_ = 0;
    std::vector<std::shared_ptr<channel>> channels_;

    boost::asio::any_io_executor on_;
    const connector& connect_;
    std::function<void()> give_up_connecting_;
    boost::asio::steady_timer grace_;
    boost::asio::steady_timer wake_; ///< what run() waits for while all is done directly
    std::exception_ptr thrown_;
};

} // namespace mailspec::run
