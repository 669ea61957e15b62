#include "harness/serve/connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

#include <chrono>
#include <utility>

namespace mailspec::serve {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::minutes idle_limit{30};
constexpr std::chrono::minutes write_limit{5};
constexpr std::chrono::seconds handshake_limit{30};
constexpr std::size_t read_at_once = 16384;

net::clock::time_point in(net::clock::duration d) { return net::clock::now() + d; }

} // namespace

connection::connection(std::unique_ptr<net::server_stream> stream, std::unique_ptr<session> served,
                       identity certificate)
    : stream_(std::move(stream)),
      session_(std::move(served)),
      certificate_(std::move(certificate)),
      buffer_(read_at_once) {}

void connection::cancel() { stream_->cancel(); }

net::task<bool> connection::start_tls() {
    auto done = co_await stream_->start_tls_as_server(certificate_(), in(handshake_limit));
    if (const auto tls = stream_->tls_description(); done)
        session_->secured_by(std::string_view(tls).substr(tls.rfind(' ') + 1));
    co_return static_cast<bool>(done);
}

net::task<bool> connection::read() {
    auto got = co_await stream_->read_some(buffer_, in(idle_limit));
    if (got)
        session_->receive({buffer_.data(), got.octets});
    co_return static_cast<bool>(got);
}

net::task<bool> connection::flush() {
    while (writing_)
        co_await written_->async_wait(asio::as_tuple(asio::deferred));
    writing_ = true;
    net::result wrote;
    for (auto out = session_->take_output(); wrote && !out.empty(); out = session_->take_output())
        wrote = co_await stream_->write(out, in(write_limit));
    writing_ = false;
    written_->cancel();
    co_return static_cast<bool>(wrote);
}

void connection::wake() {
    if (std::exchange(woken_, true))
        return;
    auto flush_later = [](std::shared_ptr<connection> self) -> net::task<void> {
        self->woken_ = false;
        auto alive = co_await self->flush();
        if (!alive || self->session_->next() == session::action::close)
            self->cancel();
    };
    asio::post(written_->get_executor(), [self = shared_from_this(), flush_later] {
        asio::co_spawn(self->written_->get_executor(), flush_later(self), asio::detached);
    });
}

net::task<bool> connection::proceed() {
    auto alive = co_await flush();
    if (!alive)
        co_return false;
    switch (session_->next()) {
    case session::action::read: alive = co_await read(); break;
    case session::action::resume: session_->receive({}); break;
    case session::action::start_tls:
        alive = co_await start_tls();
        if (alive)
            session_->tls_started();
        break;
    case session::action::close: alive = false; break;
    }
    co_return alive;
}

net::task<bool> connection::open(opening how) {
    if (how == opening::tls) {
        auto secured = co_await start_tls();
        if (!secured)
            co_return false;
    }
    auto greeting = session_->greeting();
    auto greeted = co_await stream_->write(greeting, in(write_limit));
    co_return static_cast<bool>(greeted);
}

net::task<void> connection::run(opening how) {
    written_ =
        std::make_unique<asio::steady_timer>(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
    session_->set_wake([weak = weak_from_this()] {
        if (auto self = weak.lock())
            self->wake();
    });
    auto alive = co_await open(how);
    while (alive)
        alive = co_await proceed();
    stream_->close();
    session_->set_wake({});
}

} // namespace mailspec::serve
