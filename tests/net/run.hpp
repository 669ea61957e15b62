#pragma once

#include "harness/net/stream.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <exception>
#include <optional>
#include <utility>

namespace mailspec::test {

/// Runs one coroutine to its end, and gives what it gave. Others already spawned on the context run along.
template <typename T> T run(boost::asio::io_context& context, net::task<T> work) {
    std::optional<T> out;
    std::exception_ptr thrown;
    boost::asio::co_spawn(context, std::move(work), [&](std::exception_ptr e, T value) {
        thrown = e;
        out = std::move(value);
    });
    context.restart();
    while (!out && context.run_one() != 0) {
    }
    if (thrown)
        std::rethrow_exception(thrown);
    return std::move(out).value();
}

inline net::clock::time_point within(net::clock::duration d) { return net::clock::now() + d; }

/// A deadline that no good run comes near.
inline net::clock::time_point soon() { return within(std::chrono::seconds(5)); }

/// Starts a coroutine that runs along with run(); what it throws comes out of run().
inline void along(boost::asio::io_context& context, net::task<void> work) {
    boost::asio::co_spawn(context, std::move(work), [](std::exception_ptr e) {
        if (e)
            std::rethrow_exception(e);
    });
}

} // namespace mailspec::test
