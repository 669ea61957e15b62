#include "harness/net/tcp_stream.hpp"

#include "harness/net/sentences.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_allocator.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/write.hpp>

#include <cerrno>
#include <sys/socket.h>

namespace mailspec::net {

namespace asio = boost::asio;

namespace {

constexpr auto as_value = asio::as_tuple(asio::deferred);

/// What the kernel gives or takes at once; would_block where it would have to wait.
struct immediate {
    boost::system::error_code failed;
    std::size_t octets = 0;

    bool would_block() const { return failed == asio::error::would_block; }
};

immediate done(ssize_t octets) {
    if (octets >= 0)
        return {{}, static_cast<std::size_t>(octets)};
    auto why = errno == EINTR || errno == EWOULDBLOCK ? EAGAIN : errno;
    return {{why, boost::system::system_category()}, 0};
}

immediate receive_now(int socket, std::span<char> into) {
    auto got = done(::recv(socket, into.data(), into.size(), MSG_DONTWAIT));
    if (!got.failed && got.octets == 0 && !into.empty())
        got.failed = asio::error::eof;
    return got;
}

immediate send_now(int socket, std::string_view octets) {
    return done(::send(socket, octets.data(), octets.size(), MSG_DONTWAIT | MSG_NOSIGNAL));
}

} // namespace

tcp_stream::tcp_stream(tcp_socket socket, std::string host, std::uint16_t port)
    : socket_(std::move(socket)), watchdog_(std::make_shared<watchdog>(socket_)), port_(port), host_(std::move(host)) {
    boost::system::error_code ignored;
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
}

tcp_stream::~tcp_stream() { close(); }

task<result> tcp_stream::read_some(std::span<char> into, clock::time_point deadline) {
    if (watchdog_->verdict() != trouble::none)
        co_return outcome(asio::error::operation_aborted, 0, clock::now());
    if (!written_ && !tls_) {
        auto got = receive_now(socket_.native_handle(), into);
        if (!got.would_block())
            co_return outcome(got.failed, got.octets, {});
    }
    written_ = false;
    auto since = clock::now();
    watchdog::guard guard(*watchdog_, watchdog::side::reading, deadline);
    if (tls_) {
        auto [failed, octets] = co_await tls_->read_some(into);
        co_return outcome(failed, octets, since);
    }
    auto [failed, octets] = co_await socket_.async_read_some(asio::buffer(into.data(), into.size()), as_value);
    co_return outcome(failed, octets, since);
}

task<result> tcp_stream::write(std::string_view octets, clock::time_point deadline) {
    if (watchdog_->verdict() != trouble::none)
        co_return outcome(asio::error::operation_aborted, 0, clock::now());
    written_ = true;
    immediate sent;
    if (!tls_) {
        sent = send_now(socket_.native_handle(), octets);
        if (sent.octets == octets.size() || (sent.failed && !sent.would_block()))
            co_return outcome(sent.failed, sent.octets, {});
    }
    auto since = clock::now();
    watchdog::guard guard(*watchdog_, watchdog::side::writing, deadline);
    if (tls_) {
        auto [failed, written] = co_await tls_->write(octets);
        co_return outcome(failed, written, since);
    }
    octets.remove_prefix(sent.octets);
    auto [failed, more] = co_await asio::async_write(socket_, asio::buffer(octets), as_value);
    co_return outcome(failed, sent.octets + more, since);
}

direct* tcp_stream::directly() { return tls_ || watchdog_->verdict() != trouble::none ? nullptr : this; }

std::size_t tcp_stream::write_now(std::string_view octets) {
    written_ = true;
    return send_now(socket_.native_handle(), octets).octets;
}

std::optional<result> tcp_stream::read_now(std::span<char> into) {
    if (written_)
        return std::nullopt;
    auto got = receive_now(socket_.native_handle(), into);
    if (got.would_block())
        return std::nullopt;
    return outcome(got.failed, got.octets, {});
}

void tcp_stream::read_later(std::span<char> into, clock::time_point now, clock::time_point deadline, reader& tells) {
    written_ = false;
    watchdog_->begin(watchdog::side::reading, deadline);
    auto ended = [this, now, &tells, guards = watchdog_](boost::system::error_code failed, std::size_t octets) {
        if (guards->retired())
            return;
        guards->end(watchdog::side::reading);
        tells.read_ended(outcome(failed, octets, now));
    };
    socket_.async_read_some(asio::buffer(into.data(), into.size()),
                            asio::bind_allocator(handler_allocator<std::byte>(watchdog_->room()), std::move(ended)));
}

task<result> tcp_stream::start_tls(const tls_settings& settings, clock::time_point deadline) {
    return start(settings, tls_layer::begun::by_command, deadline);
}

task<result> tcp_stream::start_implicit_tls(const tls_settings& settings, clock::time_point deadline) {
    return start(settings, tls_layer::begun::at_once, deadline);
}

task<result> tcp_stream::start(const tls_settings& settings, tls_layer::begun when, clock::time_point deadline) {
    auto wanted = settings;
    if (wanted.server_name.empty())
        wanted.server_name = host_;
    result unready;
    tls_ = tls_layer::as_client(socket_, wanted, unready);
    if (!tls_)
        co_return unready;
    co_return co_await shake_hands(when, deadline);
}

task<result> tcp_stream::start_tls_as_server(const server_tls_context& identity, clock::time_point deadline) {
    tls_ = tls_layer::as_server(socket_, identity);
    co_return co_await shake_hands(tls_layer::begun::by_command, deadline);
}

task<result> tcp_stream::shake_hands(tls_layer::begun when, clock::time_point deadline) {
    auto since = clock::now();
    if (watchdog_->verdict() != trouble::none)
        co_return outcome(asio::error::operation_aborted, 0, since);
    watchdog::guard guard(*watchdog_, watchdog::side::writing, deadline);
    auto failed = co_await tls_->handshake();
    secured_ = !failed;
    if (failed && failed != asio::error::operation_aborted)
        co_return tls_->explain_handshake(failed, display_name(host_, port_), when);
    co_return outcome(failed, 0, since);
}

std::string tcp_stream::tls_description() const { return secured_ ? tls_->describe() : std::string(); }

void tcp_stream::cancel() { watchdog_->give_up(trouble::cancelled); }

void tcp_stream::close() {
    if (!socket_.is_open())
        return;
    if (secured_ && watchdog_->verdict() == trouble::none)
        tls_->say_goodbye();
    watchdog_->give_up(trouble::cancelled);
    watchdog_->retire();
    boost::system::error_code ignored;
    socket_.close(ignored);
}

result tcp_stream::outcome(boost::system::error_code failed, std::size_t octets, clock::time_point since) const {
    if (!failed)
        return {trouble::none, octets, {}};
    auto peer = display_name(host_, port_);
    auto why = watchdog_->verdict();
    auto said = failed == asio::error::operation_aborted && why != trouble::none
                    ? explain_end(why, peer, clock::now() - since)
                    : explain(failed, peer);
    said.octets = octets;
    return said;
}

} // namespace mailspec::net
