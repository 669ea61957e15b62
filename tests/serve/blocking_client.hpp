#pragma once

#include "harness/net/stream.hpp"
#include "harness/serve/server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace mailspec::serve {

/// A client on a real socket that waits for what it asks, with a deadline; throws the sentence of what failed.
class blocking_client {
public:
    explicit blocking_client(const net::endpoint& to) {
        auto made = run(net::connect(to, soon()));
        if (!made.opened)
            throw std::runtime_error(made.how.sentence);
        stream_ = std::move(made.opened);
    }

    void send(std::string_view octets) { expect(run(stream_->write(octets, soon()))); }

    /// Reads on until the text ends that way; gives all since the last call.
    std::string until(std::string_view ending) {
        return read([&] { return held_.ends_with(ending); });
    }

    /// Sends an IMAP command; gives all up to its completion.
    std::string command(const std::string& tag, std::string_view text) {
        send(std::string(tag + ' ').append(text).append("\r\n"));
        return finish(tag);
    }

    /// Reads on until the completion of that IMAP command.
    std::string finish(const std::string& tag) {
        return read([&] {
            auto line = held_.starts_with(tag + ' ') ? 0 : held_.find("\r\n" + tag + ' ');
            return line != held_.npos && held_.ends_with("\r\n");
        });
    }

    /// Sends a line and reads one line.
    std::string ask(std::string line) {
        send(line.append("\r\n"));
        return until("\r\n");
    }

    /// Sends a line and reads until the answer ends that way.
    std::string ask(std::string line, std::string_view ending) {
        send(line.append("\r\n"));
        return until(ending);
    }

    void start_tls(const net::tls_settings& settings) { expect(run(stream_->start_tls(settings, soon()))); }

    /// True when the server closes without another octet.
    bool sees_close() {
        char c = 0;
        auto got = run(stream_->read_some({&c, 1}, soon()));
        return got.why == net::trouble::closed || got.why == net::trouble::reset;
    }

private:
    template <typename F> std::string read(F whole) {
        while (!whole()) {
            char buffer[4096];
            auto got = run(stream_->read_some(buffer, soon()));
            if (!got)
                throw std::runtime_error(got.sentence + " after: " + held_);
            held_.append(buffer, got.octets);
        }
        return std::exchange(held_, {});
    }

    static net::clock::time_point soon() { return net::clock::now() + std::chrono::seconds(10); }

    static void expect(const net::result& r) {
        if (!r)
            throw std::runtime_error(r.sentence);
    }

    template <typename T> T run(net::task<T> t) {
        auto done = boost::asio::co_spawn(*io_, std::move(t), boost::asio::use_future);
        io_->restart();
        while (done.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
            io_->run_one();
        return done.get();
    }

    std::unique_ptr<boost::asio::io_context> io_ = std::make_unique<boost::asio::io_context>(1);
    std::unique_ptr<net::stream> stream_;
    std::string held_;
};

/// Where a started server serves a protocol; throws when it does not.
inline net::endpoint endpoint_of(const server& s, wire::protocol p,
                                 net::endpoint::security tls = net::endpoint::security::none) {
    auto implicit = tls == net::endpoint::security::implicit;
    auto it = std::ranges::find_if(s.endpoints(),
                                   [&](const auto& e) { return e.protocol == p && e.implicit_tls == implicit; });
    if (it == s.endpoints().end())
        throw std::runtime_error("not served");
    net::endpoint to;
    to.host = it->host;
    to.port = it->port;
    to.tls = tls;
    return to;
}

} // namespace mailspec::serve
