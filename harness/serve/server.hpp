#pragma once

#include "harness/wire/protocol.hpp"

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace mailspec::serve {

/// What the built-in server is started with.
struct options {
    std::string host = "127.0.0.1";
    struct user {
        std::string name, password, token;
        bool only_digests = false; ///< POP3 takes no password in the clear
    };
    /// Empty: alice, bob and carol with random passwords; to carol's maildrop only digests of it lead.
    std::vector<user> users;
    enum class tls { off, on } security = tls::on; ///< on: STARTTLS everywhere, and the implicit ports too
    /// Deliberate breaches, by requirement id; an id that has no mischief is refused by start().
    std::set<std::string, std::less<>> mischief;
    std::string provider;         ///< whose ways it plays (provider.hpp); empty: nobody's
    std::uint16_t first_port = 0; ///< 0: free ports; else one after the other from here
};

/// Where one protocol is served.
struct listening {
    wire::protocol protocol;
    std::string host;
    std::uint16_t port;
    bool implicit_tls;
};

/// The reference server: small, correct, in memory, on real loopback sockets, on a thread of its own.
class server {
public:
    explicit server(options o);
    ~server(); ///< stops
    server(const server&) = delete;
    server& operator=(const server&) = delete;

    /// Gives an empty text when it listens, else the sentence that says why not.
    std::string start();
    void stop();

    const std::vector<listening>& endpoints() const;
    const std::vector<options::user>& users() const;
    /// PEM of the certificate authority made at start; empty without TLS. The server's certificate is for
    /// localhost, 127.0.0.1 and ::1.
    const std::string& ca_certificate() const;

private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace mailspec::serve
