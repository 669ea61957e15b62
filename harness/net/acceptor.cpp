#include "harness/net/acceptor.hpp"

#include "harness/net/sentences.hpp"
#include "harness/net/tcp_stream.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <fmt/format.h>

namespace mailspec::net {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

class tcp_acceptor final : public acceptor {
public:
    tcp_acceptor(tcp::acceptor bound, std::string name) : bound_(std::move(bound)), name_(std::move(name)) {}

    task<accepted> accept() override {
        if (!bound_.is_open())
            co_return accepted{nullptr, given_up()};
        tcp::endpoint from;
        const auto executor = plain_executor(bound_.get_executor());
        auto [failed, socket] = co_await bound_.async_accept(executor, from, asio::as_tuple(asio::deferred));
        if (failed == asio::error::operation_aborted || !bound_.is_open())
            co_return accepted{nullptr, given_up()};
        if (failed)
            co_return accepted{nullptr, explain(failed, name_)};
        co_return accepted{std::make_unique<tcp_stream>(std::move(socket), from.address().to_string(), from.port()),
                           {}};
    }

    std::uint16_t port() const override {
        boost::system::error_code ignored;
        return bound_.local_endpoint(ignored).port();
    }

    void cancel() override {
        boost::system::error_code ignored;
        bound_.close(ignored);
    }

private:
    result given_up() const { return {trouble::cancelled, 0, fmt::format("{} listens no more", name_)}; }

    tcp::acceptor bound_;
    std::string name_;
};

} // namespace

listened listen(const asio::any_io_executor& executor, const std::string& host, std::uint16_t port) {
    auto name = display_name(host, port);
    auto refuse = [&](boost::system::error_code failed) {
        return listened{nullptr,
                        {trouble::other, 0, fmt::format("{} cannot be listened on: {}", name, failed.message())}};
    };
    boost::system::error_code failed;
    auto address = asio::ip::make_address(host == "localhost" ? "127.0.0.1" : host, failed);
    if (failed)
        return refuse(failed);
    try {
        tcp::acceptor bound(executor, tcp::endpoint(address, port));
        return {std::make_unique<tcp_acceptor>(std::move(bound), std::move(name)), {}};
    } catch (const boost::system::system_error& taken) {
        return refuse(taken.code());
    }
}

} // namespace mailspec::net
