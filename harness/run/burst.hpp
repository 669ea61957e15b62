#pragma once

#include <boost/asio/io_context.hpp>

#include <vector>

namespace mailspec::run {

/// Commands that go out together, once all the answers that had come are read.
///
/// To wake a server that sleeps costs the client as much CPU as to send: with a thousand connections, each answer read
/// and the next command sent in turn, it would be woken for each. Not thread-safe.
class burst {
public:
    /// Who sends when the time has come.
    class sender {
    public:
        virtual void send_now() = 0;

    protected:
        ~sender() = default;
    };

    explicit burst(boost::asio::io_context& on) : on_(on) {}
    burst(const burst&) = delete;
    burst& operator=(const burst&) = delete;

    /// Tells it once, from the loop, never at once.
    void join(sender& who);
    void leave(sender& who);

private:
    void go();

    boost::asio::io_context& on_;
    std::vector<sender*> waiting_;
    std::vector<sender*> going_; ///< null: told, or left
};

} // namespace mailspec::run
