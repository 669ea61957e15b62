#pragma once

#include "harness/net/server_tls_context.hpp"
#include "harness/net/stream.hpp"
#include "harness/net/tcp_socket.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace mailspec::net {

/// TLS over a connected socket that somebody else owns; it knows of no deadline: the socket's owner cancels.
///
/// Hides OpenSSL: only tls_layer.cpp sees it.
class tls_layer {
public:
    using transferred = std::pair<boost::system::error_code, std::size_t>;

    /// Null when the settings are no good (a CA file that cannot be read); `why` says so.
    static std::unique_ptr<tls_layer> as_client(tcp_socket& over, const tls_settings& settings, result& why);
    static std::unique_ptr<tls_layer> as_server(tcp_socket& over, const server_tls_context& identity);
    ~tls_layer();
    /// Whether as_client could trust the authorities of this file; a sentence says why not.
    static result try_authorities(const std::string& ca_file);

    task<boost::system::error_code> handshake();
    /// A peer that hangs up without close_notify counts as end of file.
    task<transferred> read_some(std::span<char> into);
    task<transferred> write(std::string_view octets);

    /// What a failed handshake came to. Takes the peer's name, and where in the dialogue TLS was begun.
    enum class begun { at_once, by_command };
    result explain_handshake(boost::system::error_code failed, std::string_view peer, begun when) const;

    std::string describe() const; ///< "TLSv1.3, TLS_AES_256_GCM_SHA384"
    /// Says close_notify if that can be done without waiting.
    void say_goodbye();

private:
    struct state;
    explicit tls_layer(std::unique_ptr<state> made);
    std::unique_ptr<state> state_;
};

} // namespace mailspec::net
