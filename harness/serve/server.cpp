#include "harness/serve/server.hpp"

#include "harness/net/acceptor.hpp"
#include "harness/net/server_tls_context.hpp"
#include "harness/serve/connection.hpp"
#include "harness/serve/imap/session.hpp"
#include "harness/serve/mischief.hpp"
#include "harness/serve/pop3/session.hpp"
#include "harness/serve/smtp/session.hpp"
#include "harness/serve/store.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <mutex>
#include <optional>
#include <random>
#include <thread>

namespace mailspec::serve {

namespace asio = boost::asio;
using wire::protocol;

namespace {

constexpr std::chrono::milliseconds pause_after_failed_accept{100};

struct service {
    wire::protocol spoken;
    connection::opening opening;
};

/// In the order of the ports.
constexpr service services[] = {
    {protocol::imap, connection::opening::plain},     {protocol::imap, connection::opening::tls},
    {protocol::pop3, connection::opening::plain},     {protocol::pop3, connection::opening::tls},
    {protocol::smtp, connection::opening::plain},     {protocol::submission, connection::opening::plain},
    {protocol::submission, connection::opening::tls}, {protocol::lmtp, connection::opening::plain},
};

std::string random_secret() {
    static constexpr std::string_view letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    std::random_device random;
    std::uniform_int_distribution<std::size_t> any(0, letters.size() - 1);
    std::string secret;
    while (secret.size() < 20)
        secret += letters[any(random)];
    return secret;
}

std::vector<options::user> default_users(std::string_view domain) {
    std::vector<options::user> users;
    for (const std::string name : {"alice", "bob", "carol"})
        users.push_back({domain.empty() ? name : name + '@' + std::string(domain), random_secret(), random_secret()});
    return users;
}

std::chrono::sys_seconds time_of_day() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

} // namespace

struct server::state {
    struct listener {
        service serves;
        std::unique_ptr<net::acceptor> at;
    };

    options wanted;
    mischief breaches;
    const provider* plays = &provider::none();
    store mail;
    std::vector<listening> endpoints;
    std::once_flag identity_made;
    std::string authority;
    std::optional<net::server_tls_context> identity;
    asio::io_context io{1}; ///< after all that its handlers use
    std::vector<listener> listeners;
    std::vector<std::weak_ptr<connection>> open;
    bool stopping = false;
    std::thread runner;

    bool has_tls() const { return wanted.security == options::tls::on; }
    void make_identity();
    std::string listen();
    std::unique_ptr<session> make_session(service s);
    net::task<void> serve(const listener& l);
    void admit(service s, std::unique_ptr<net::server_stream> stream);
    void wind_up();
};

void server::state::make_identity() {
    std::call_once(identity_made, [this] {
        if (!has_tls())
            return;
        net::certificate_authority made;
        authority = made.certificate();
        identity.emplace(made.issue());
    });
}

std::string server::state::listen() {
    auto port = wanted.first_port;
    for (auto s : services) {
        auto implicit = s.opening == connection::opening::tls;
        if (implicit && !has_tls())
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

std::unique_ptr<session> server::state::make_session(service s) {
    session_options o;
    o.starttls = has_tls() ? session_options::tls::available : session_options::tls::unavailable;
    o.over =
        s.opening == connection::opening::tls ? session_options::channel::secured : session_options::channel::plain;
    o.breaches = &breaches;
    o.plays = plays;
    o.clock = time_of_day;
    switch (s.spoken) {
    case protocol::imap: return std::make_unique<imap_session>(mail, std::move(o));
    case protocol::pop3: return std::make_unique<pop3::session>(mail, std::move(o));
    default: return std::make_unique<smtp::session>(mail, s.spoken, std::move(o));
    }
}

void server::state::admit(service s, std::unique_ptr<net::server_stream> stream) {
    auto identify = [this]() -> const net::server_tls_context& {
        make_identity();
        return identity.value();
    };
    // What goes wrong with a client, be it memory, costs that client only.
    try {
        auto made = std::make_shared<connection>(std::move(stream), make_session(s), identify);
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

server::server(options o) : state_(std::make_unique<state>()) {
    state_->wanted = std::move(o);
    if (const auto* known = provider::find(state_->wanted.provider))
        state_->plays = known;
    if (state_->wanted.users.empty())
        state_->wanted.users = default_users(state_->plays->domain);
    for (const auto& u : state_->wanted.users)
        state_->mail.add_account(u.name, u.password, state_->plays->folders).token = u.token;
}

server::~server() { stop(); }

std::string server::start() {
    auto unknown = mischief::refused(state_->wanted.mischief);
    if (!unknown.empty())
        return "the built-in server has no mischief " + std::string(unknown);
    if (!state_->wanted.provider.empty() && state_->plays == &provider::none())
        return "the built-in server cannot play " + state_->wanted.provider;
    state_->breaches = mischief(state_->wanted.mischief);
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

const std::vector<options::user>& server::users() const { return state_->wanted.users; }

const std::string& server::ca_certificate() const {
    state_->make_identity();
    return state_->authority;
}

} // namespace mailspec::serve
