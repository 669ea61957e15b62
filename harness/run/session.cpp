#include "harness/run/session.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <array>
#include <exception>
#include <utility>

namespace mailspec::run {
namespace {

namespace asio = boost::asio;

constexpr std::size_t least_room = 512;
constexpr auto long_time = std::chrono::hours(24);
constexpr auto as_value = asio::as_tuple(asio::use_awaitable);

trouble translate(net::trouble t) {
    switch (t) {
    case net::trouble::none: return trouble::none;
    case net::trouble::closed: return trouble::closed;
    case net::trouble::reset: return trouble::reset;
    case net::trouble::timed_out: return trouble::timed_out;
    case net::trouble::cancelled: return trouble::cancelled;
    case net::trouble::refused: return trouble::refused;
    case net::trouble::unreachable: return trouble::unreachable;
    case net::trouble::unknown_host: return trouble::unknown_host;
    case net::trouble::tls_handshake: return trouble::tls_handshake;
    case net::trouble::tls_version: return trouble::tls_version;
    case net::trouble::tls_certificate: return trouble::tls_certificate;
    case net::trouble::other: return trouble::other;
    }
    return trouble::other;
}

event translate(net::result&& r) {
    event e;
    e.why = translate(r.why);
    if (e.why != trouble::none)
        e.sentence = std::move(r.sentence);
    return e;
}

event failed(trouble why, std::string_view sentence) {
    event e;
    e.why = why;
    e.sentence = sentence;
    return e;
}

event cancelled() { return failed(trouble::cancelled, "it was interrupted"); }

net::tls_settings tls_of(const endpoint& door) {
    net::tls_settings s;
    s.server_name = door.name.empty() ? door.host : door.name;
    s.ca_file = door.ca_file;
    s.verify = door.verify == verification::none ? net::tls_settings::verification::none
                                                 : net::tls_settings::verification::full;
    return s;
}

} // namespace

/// One connection, and the read that listen() may have left under way.
struct session::channel final : net::reader {
    explicit channel(const asio::any_io_executor& on) : alarm(on) {}

    /// Where a read lands that listen() began: small, as most sessions are idle then; the next read takes the rest.
    using landing_place = std::array<char, 128>;

    std::unique_ptr<net::stream> stream;
    enum class reading { none, under_way, landed } read = reading::none;
    std::unique_ptr<landing_place> landing;
    net::result landed;
    asio::steady_timer alarm;

    void read_ended(net::result how) override {
        landed = std::move(how);
        read = reading::landed;
        alarm.cancel();
    }

    static net::task<void> read_ahead(std::shared_ptr<channel> c) {
        auto how = co_await c->stream->read_some(*c->landing, net::clock::now() + long_time);
        c->read_ended(std::move(how));
    }
};

session::session(asio::any_io_executor on, asker& obeys, const connector& connect, burst& together)
    : obeys_(obeys),
      together_(together),
      started_(net::clock::now()),
      on_(std::move(on)),
      connect_(connect),
      grace_(on_),
      wake_(on_, net::clock::time_point::max()) {}

session::~session() {
    together_.leave(*this);
    for (auto& each : channels_)
        if (each && each->stream)
            each->stream->close();
}

session::channel& session::turn_to(std::size_t line) {
    if (!current_ || current_line_ != line) {
        if (channels_.size() <= line)
            channels_.resize(line + 1);
        if (!channels_[line])
            channels_[line] = std::make_shared<channel>(on_);
        current_ = channels_[line];
        current_line_ = line;
    }
    return *current_;
}

net::task<void> session::run() {
    doing_ = go_on({});
    for (;;) {
        if (doing_ == doing::directly)
            co_await wake_.async_wait(as_value);
        if (thrown_)
            std::rethrow_exception(thrown_);
        if (doing_ == doing::nothing_more)
            co_return;
        auto e = co_await perform(*wanted_);
        now_ = net::clock::now();
        doing_ = go_on(std::move(e));
    }
}

session::doing session::go_on(event e) {
    while (!abandoned_) {
        if (e.why == trouble::cancelled && interrupted_ == interruption::asked)
            interrupted_ = interruption::told;
        e.at = std::chrono::duration_cast<std::chrono::microseconds>(now_ - started_);
        const auto& wanted = obeys_.resume(std::move(e));
        if (wanted.what == action::kind::finished)
            break;
        if (interrupted_ == interruption::asked) {
            e = cancelled();
            continue;
        }
        wanted_ = &wanted;
        auto what = doing::with_coroutine;
        auto done = do_directly(wanted, what);
        if (!done)
            return what;
        e = std::move(*done);
    }
    return doing::nothing_more;
}

std::optional<event> session::do_directly(const action& a, doing& what) {
    auto* c = plain_channel(a);
    auto* direct = c ? c->stream->directly() : nullptr;
    if (direct && a.what == action::kind::send) {
        together_.join(*this);
        what = doing::directly;
        return std::nullopt;
    }
    if (!direct || a.what != action::kind::receive)
        return std::nullopt;
    const auto room = a.into->prepare(least_room);
    if (auto got = direct->read_now(room))
        return take(std::move(*got));
    direct->read_later(room, now_, now_ + a.within, *this);
    what = doing::directly;
    return std::nullopt;
}

event session::take(net::result got) {
    if (got)
        wanted_->into->commit(got.octets);
    return translate(std::move(got));
}

void session::read_ended(net::result how) {
    now_ = net::clock::now();
    carry_on(take(std::move(how)));
}

void session::send_now() {
    now_ = net::clock::now();
    if (auto* direct = current_->stream->directly())
        sent_ = direct->write_now(wanted_->octets);
    if (sent_ == wanted_->octets.size()) {
        sent_ = 0;
        carry_on({});
        return;
    }
    doing_ = doing::with_coroutine;
    wake_.cancel();
}

void session::carry_on(event e) {
    try {
        doing_ = go_on(std::move(e));
    } catch (...) {
        thrown_ = std::current_exception();
        doing_ = doing::nothing_more;
    }
    if (doing_ != doing::directly)
        wake_.cancel();
}

session::channel* session::plain_channel(const action& a) {
    auto& c = turn_to(a.line);
    return c.stream && c.read == channel::reading::none ? &c : nullptr;
}

net::task<event> session::perform(const action& a) {
    if (a.what == action::kind::connect)
        co_return co_await connect(a);
    auto& c = turn_to(a.line);
    if (!c.stream)
        co_return failed(trouble::closed, "there is no connection");
    const auto deadline = net::clock::now() + a.within;
    switch (a.what) {
    case action::kind::send:
        co_return translate(co_await c.stream->write(a.octets.substr(std::exchange(sent_, 0)), deadline));
    case action::kind::receive:
        if (c.read == channel::reading::none)
            co_return take(co_await c.stream->read_some(a.into->prepare(least_room), deadline));
        [[fallthrough]];
    case action::kind::listen: co_return co_await receive(a);
    case action::kind::start_tls: {
        auto e = translate(co_await c.stream->start_tls(tls_of(*a.to), deadline));
        e.tls = c.stream->secured() ? c.stream->tls_description() : std::string();
        co_return e;
    }
    case action::kind::close: c.stream->close(); co_return event{};
    case action::kind::connect:
    case action::kind::finished: break;
    }
    co_return event{};
}

net::task<event> session::connect(const action& a) {
    if (auto& before = turn_to(a.line); before.stream)
        before.stream->close();
    current_ = channels_[a.line] = std::make_shared<channel>(on_); // an older read may still hold the old one
    net::endpoint to;
    to.host = a.to->host;
    to.port = a.to->port;
    to.tls = a.to->tls == security::implicit ? net::endpoint::security::implicit : net::endpoint::security::none;
    to.tls_options = tls_of(*a.to);
    asio::cancellation_signal signal;
    give_up_connecting_ = [&signal] { signal.emit(asio::cancellation_type::terminal); };
    auto [thrown, made] = co_await asio::co_spawn(on_, connect_(to, net::clock::now() + a.within),
                                                  asio::bind_cancellation_slot(signal.slot(), as_value));
    give_up_connecting_ = nullptr;
    if (thrown)
        co_return cancelled();
    auto e = translate(std::move(made.how));
    current_->stream = std::move(made.opened);
    if (e.why == trouble::none && current_->stream->secured())
        e.tls = current_->stream->tls_description();
    co_return e;
}

void session::commit(channel& c, wire::buffer& in) {
    const auto room = in.prepare(c.landed.octets);
    std::copy_n(c.landing->begin(), c.landed.octets, room.begin());
    in.commit(c.landed.octets);
    c.read = channel::reading::none;
}

net::task<event> session::wait_for_read(channel& c, const action& a) {
    if (c.read != channel::reading::landed) {
        c.alarm.expires_after(a.within);
        co_await c.alarm.async_wait(as_value);
    }
    if (c.read == channel::reading::landed) {
        if (c.landed)
            commit(c, *a.into);
        co_return translate(net::result(c.landed));
    }
    if (interrupted_ == interruption::asked)
        co_return cancelled();
    co_return failed(trouble::timed_out, "nothing came");
}

net::task<event> session::receive(const action& a) {
    auto& c = *current_;
    if (c.read == channel::reading::none) {
        if (!c.landing)
            c.landing = std::make_unique<channel::landing_place>();
        c.read = channel::reading::under_way;
        if (auto* direct = c.stream->directly())
            direct->read_later(*c.landing, now_, now_ + long_time, c);
        else
            asio::co_spawn(on_, channel::read_ahead(current_), asio::detached);
    }
    co_return co_await wait_for_read(c, a);
}

void session::cancel_current() {
    if (give_up_connecting_)
        give_up_connecting_();
    if (!current_)
        return;
    current_->alarm.cancel();
    if (current_->stream && current_->read == channel::reading::none)
        current_->stream->cancel();
}

void session::interrupt(std::chrono::milliseconds grace) {
    if (interrupted_ != interruption::none)
        return;
    interrupted_ = interruption::asked;
    if (!wanted_ || wanted_->what != action::kind::receive) {
        cancel_current();
        return;
    }
    grace_.expires_after(grace);
    grace_.async_wait([this](boost::system::error_code failed) {
        if (!failed && interrupted_ == interruption::asked)
            cancel_current();
    });
}

void session::abandon() {
    abandoned_ = true;
    if (interrupted_ == interruption::none)
        interrupted_ = interruption::asked;
    cancel_current();
}

} // namespace mailspec::run
