#include "harness/net/tcp_stream.hpp"

#include "harness/net/sentences.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/write.hpp>

#include <sys/socket.h>

namespace mailspec::net {

namespace asio = boost::asio;

namespace {

constexpr auto as_value = asio::as_tuple(asio::deferred);

/// What the kernel gives or takes at once; negative: it would have to wait, or fails, which the operation
/// that follows will say.
ssize_t receive_now(int socket, std::span<char> into) { return ::recv(socket, into.data(), into.size(), MSG_DONTWAIT); }
ssize_t send_now(int socket, std::string_view octets) {
    return ::send(socket, octets.data(), octets.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
}

} // namespace

tcp_stream::tcp_stream(asio::ip::tcp::socket socket, std::string peer)
    : socket_(std::move(socket)),
      watchdog_(std::make_shared<watchdog>(socket_.get_executor(), socket_)),
      peer_(std::move(peer)) {
    boost::system::error_code ignored;
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
}

tcp_stream::~tcp_stream() { close(); }

task<result> tcp_stream::read_some(std::span<char> into, clock::time_point deadline) {
    if (watchdog_->verdict() != trouble::none)
        co_return explain_end(watchdog_->verdict(), peer_, {});
    if (!written_) {
        auto got = receive_now(socket_.native_handle(), into);
        if (got > 0)
            co_return result{trouble::none, static_cast<std::size_t>(got), {}};
    }
    written_ = false;
    auto since = clock::now();
    watchdog::guard guard(*watchdog_, watchdog::side::reading, deadline);
    auto [failed, octets] = co_await socket_.async_read_some(asio::buffer(into.data(), into.size()), as_value);
    co_return outcome(failed, octets, since);
}

task<result> tcp_stream::write(std::string_view octets, clock::time_point deadline) {
    if (watchdog_->verdict() != trouble::none)
        co_return explain_end(watchdog_->verdict(), peer_, {});
    written_ = true;
    auto sent = send_now(socket_.native_handle(), octets);
    auto done = sent > 0 ? static_cast<std::size_t>(sent) : 0;
    if (done == octets.size())
        co_return result{trouble::none, done, {}};
    auto since = clock::now();
    watchdog::guard guard(*watchdog_, watchdog::side::writing, deadline);
    auto [failed, more] =
        co_await asio::async_write(socket_, asio::buffer(octets.data() + done, octets.size() - done), as_value);
    co_return outcome(failed, done + more, since);
}

task<result> tcp_stream::start_tls(const tls_settings&, clock::time_point) {
    co_return result{trouble::other, 0, "TLS is not there yet"};
}

bool tcp_stream::secured() const { return false; }

void tcp_stream::cancel() { watchdog_->give_up(trouble::cancelled); }

void tcp_stream::close() {
    watchdog_->retire();
    boost::system::error_code ignored;
    socket_.close(ignored);
}

result tcp_stream::outcome(boost::system::error_code failed, std::size_t octets, clock::time_point since) const {
    if (!failed)
        return {trouble::none, octets, {}};
    auto why = watchdog_->verdict();
    auto said = failed == asio::error::operation_aborted && why != trouble::none
                    ? explain_end(why, peer_, clock::now() - since)
                    : explain(failed, peer_);
    said.octets = octets;
    return said;
}

} // namespace mailspec::net
