#pragma once

#include "harness/net/acceptor.hpp"
#include "harness/net/certificates.hpp"
#include "harness/net/server_tls_context.hpp"

#include "tests/net/run.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <functional>
#include <string>
#include <unistd.h>

namespace mailspec::net {

/// What the client said, after the server shook hands at once and greeted.
inline task<void> greet_in_tls(acceptor& door, server_tls_context identity) {
    auto client = co_await door.accept();
    if (!client.opened || !co_await client.opened->start_tls_as_server(identity, test::soon()))
        co_return;
    co_await client.opened->write("* OK\r\n", test::soon());
    std::array<char, 100> room;
    auto got = co_await client.opened->read_some(room, test::soon());
    if (got)
        co_await client.opened->write({room.data(), got.octets}, test::soon());
}

inline task<std::string> read_once(stream& from) {
    std::array<char, 1000> room;
    auto got = co_await from.read_some(room, test::soon());
    co_return got ? std::string(room.data(), got.octets) : "failed: " + got.sentence;
}

class tls_test : public testing::Test {
protected:
    tls_test() : ca_file(testing::TempDir() + "mailspec-net-" + std::to_string(getpid()) + ".pem") {
        std::ofstream(ca_file) << authority.certificate();
    }
    ~tls_test() override { std::remove(ca_file.c_str()); }

    endpoint here(std::uint16_t port, std::string host = "127.0.0.1") {
        return {std::move(host), port, endpoint::security::implicit, tls_settings("", ca_file)};
    }

    connection reach(const certified& identity, const std::function<void(endpoint&)>& change = {},
                     const std::string& on = "127.0.0.1") {
        door = listen(context.get_executor(), on, 0);
        test::along(context, greet_in_tls(*door.opened, server_tls_context(identity)));
        auto to = here(door.opened->port(), on);
        if (change)
            change(to);
        return test::run(context, connect(to, test::soon()));
    }

    boost::asio::io_context context{1};
    listened door;
    certificate_authority authority;
    std::string ca_file;
};

} // namespace mailspec::net
