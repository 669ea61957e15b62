#include "harness/net/resolver.hpp"

#include "harness/net/sentences.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <netdb.h>
#include <system_error>
#include <thread>

namespace mailspec::net {

namespace asio = boost::asio;

namespace {

/// One lookup, shared by the coroutine that waits and the thread that asks; `waiting` is null once nobody waits.
struct lookup {
    std::mutex guard;
    asio::steady_timer* waiting = nullptr;
    bool done = false;
    int failed = 0;
    std::vector<std::string> found;
};

std::vector<std::string> literals(const addrinfo* all) {
    std::vector<std::string> found;
    for (auto* one = all; one; one = one->ai_next) {
        char text[NI_MAXHOST];
        if (getnameinfo(one->ai_addr, one->ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST) != 0)
            continue;
        if (std::find(found.begin(), found.end(), text) == found.end())
            found.emplace_back(text);
    }
    return found;
}

void ask(const std::string& host, const std::shared_ptr<lookup>& shared) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* all = nullptr;
    int failed = getaddrinfo(host.c_str(), nullptr, &hints, &all);
    auto found = failed ? std::vector<std::string>{} : literals(all);
    if (all)
        freeaddrinfo(all);

    std::lock_guard lock(shared->guard);
    shared->done = true;
    shared->failed = failed;
    shared->found = std::move(found);
    if (shared->waiting)
        asio::post(shared->waiting->get_executor(), [shared] {
            std::lock_guard lock_again(shared->guard);
            if (shared->waiting)
                shared->waiting->cancel();
        });
}

/// Leaves the lookup to itself when the waiting coroutine ends, also when it is destroyed.
struct leaver {
    lookup& left;
    ~leaver() {
        std::lock_guard lock(left.guard);
        left.waiting = nullptr;
    }
};

/// RFC 6761 section 6.4: names under "invalid" are known not to exist without asking anybody.
bool never_exists(std::string_view host) {
    if (host.ends_with('.'))
        host.remove_suffix(1);
    return host == "invalid" || host.ends_with(".invalid");
}

result unknown(const std::string& host, int failed) {
    if (failed == 0 || failed == EAI_NONAME || failed == EAI_NODATA)
        return {trouble::unknown_host, 0, fmt::format("host {} is not known", host)};
    return {trouble::unknown_host, 0, fmt::format("host {} could not be looked up: {}", host, gai_strerror(failed))};
}

} // namespace

task<resolution> system_resolver::resolve(const std::string& host, clock::time_point deadline) {
    boost::system::error_code not_literal;
    asio::ip::make_address(host, not_literal);
    if (!not_literal)
        co_return resolution{{host}, {}};
    if (host.empty() || never_exists(host))
        co_return resolution{{}, unknown(host, 0)};

    auto since = clock::now();
    asio::steady_timer timer(co_await asio::this_coro::executor, deadline);
    auto shared = std::make_shared<lookup>();
    shared->waiting = &timer;
    leaver leave{*shared};
    try {
        std::thread([host, shared] { ask(host, shared); }).detach();
    } catch (const std::system_error& no_thread) {
        co_return resolution{
            {}, {trouble::other, 0, fmt::format("host {} could not be looked up: {}", host, no_thread.what())}};
    }
    auto [ended] = co_await timer.async_wait(asio::as_tuple(asio::deferred));

    std::lock_guard lock(shared->guard);
    if (shared->done && !shared->found.empty())
        co_return resolution{std::move(shared->found), {}};
    if (shared->done)
        co_return resolution{{}, unknown(host, shared->failed)};
    if (ended)
        co_return resolution{{}, explain_end(trouble::cancelled, host, {})};
    co_return resolution{
        {},
        {trouble::timed_out, 0,
         fmt::format("looking up host {} took more than {}", host, display_time(clock::now() - since))}};
}

} // namespace mailspec::net
