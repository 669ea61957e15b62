#include "harness/serve/server.hpp"

#include "harness/net/acceptor.hpp"
#include "harness/net/server_tls_context.hpp"
#include "harness/serve/connection.hpp"
#include "harness/serve/service.hpp"
#include "harness/serve/site.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <optional>
#include <thread>

namespace mailspec::serve {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::milliseconds pause_after_failed_accept{100};

} // namespace

struct server::state {
    struct listener {
        service serves;
        std::unique_ptr<net::acceptor> at;
    };

    explicit state(options o) : serves(std::move(o)) {}

    site serves;
    std::vector<listening> endpoints;
    std::once_flag identity_made;
    std::string authority;
    std::optional<net::server_tls_context> identity;
    asio::io_context io{1}; ///< after all that its handlers use
    std::vector<listener> listeners;
    std::vector<std::weak_ptr<connection>> open;
    bool stopping = false;
    std::thread runner;

    void make_identity();
    std::string listen();
    net::task<void> serve(const listener& l);
    void admit(service s, std::unique_ptr<net::server_stream> stream);
    void wind_up();
};

void server::state::make_identity() {
    std::call_once(identity_made, [this] {
        if (!serves.has_tls())
            return;
        net::certificate_authority made;
        authority = made.certificate();
        using newest = net::server_tls_context::newest;
        identity.emplace(made.issue(), serves.has_only_old_tls() ? newest::tls_1_1 : newest::tls_1_3);
    });
}

std::string server::state::listen() {
    const auto& wanted = serves.wanted();
    auto port = wanted.first_port;
    for (auto s : services) {
        auto implicit = s.opening == connection::opening::tls;
        if (implicit && !serves.has_tls())
            continue;
        auto made = net::listen(io.get_executor(), wanted.host, port);
        if (!made.opened)
            return made.how.sentence;
        endpoints.push_back({s.spoken, wanted.host, made.opened->port(), implicit});
        listeners.push_back({s, std::move(made.opened)});
        port = wanted.first_port == 0 ? 0 : static_cast<std::uint16_t>(port + 1);
    }
    return {};
}

void server::state::admit(service s, std::unique_ptr<net::server_stream> stream) {
    auto identify = [this]() -> const net::server_tls_context& {
        make_identity();
        return identity.value();
    };
    // What goes wrong with a client, be it memory, costs that client only.
    try {
        auto made =
            std::make_shared<connection>(std::move(stream), serves.make_session(s.spoken, s.channel()), identify);
        std::erase_if(open, [](const auto& c) { return c.expired(); });
        open.push_back(made);
        asio::co_spawn(io, made->run(s.opening), [made](const std::exception_ptr&) {});
    } catch (const std::exception&) {
        return;
    }
}

net::task<void> server::state::serve(const listener& l) {
    for (;;) {
        auto client = co_await l.at->accept();
        if (stopping || client.how.why == net::trouble::cancelled)
            co_return;
        if (client.opened) {
            admit(l.serves, std::move(client.opened));
        } else {
            asio::steady_timer pause(io, pause_after_failed_accept);
            co_await pause.async_wait(asio::as_tuple(asio::deferred));
        }
    }
}

void server::state::wind_up() {
    stopping = true;
    for (auto& l : listeners)
        l.at->cancel();
    for (auto& c : open)
        if (auto still = c.lock())
            still->cancel();
}

server::server(options o) : state_(std::make_unique<state>(std::move(o))) {}

server::~server() { stop(); }

std::string server::start() {
    if (auto why = state_->serves.prepare(); !why.empty())
        return why;
    if (auto why = state_->listen(); !why.empty()) {
        state_->listeners.clear();
        state_->endpoints.clear();
        return why;
    }
    for (const auto& l : state_->listeners)
        asio::co_spawn(state_->io, state_->serve(l), asio::detached);
    state_->runner = std::thread([s = state_.get()] { s->io.run(); });
    return {};
}

void server::stop() {
    if (!state_->runner.joinable())
        return;
    asio::post(state_->io, [s = state_.get()] { s->wind_up(); });
    state_->runner.join();
    state_->endpoints.clear();
    state_->listeners.clear();
}

const std::vector<listening>& server::endpoints() const { return state_->endpoints; }

const std::vector<options::user>& server::users() const { return state_->serves.wanted().users; }

const std::string& server::ca_certificate() const {
    state_->make_identity();
    return state_->authority;
}

} // namespace mailspec::serve
