#include "harness/net/tls_layer.hpp"

#include "harness/net/tls_sentences.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>
#include <openssl/x509v3.h>

#include <filesystem>
#include <stdexcept>

namespace mailspec::net {

namespace asio = boost::asio;
namespace ssl = asio::ssl;

namespace {

struct free_x509 {
    void operator()(X509* p) const { X509_free(p); }
};
using x509_pointer = std::unique_ptr<X509, free_x509>;

constexpr auto as_value = asio::as_tuple(asio::deferred);

ssl::context fresh_context(ssl::context::method method) {
    ssl::context made(method);
    SSL_CTX_set_min_proto_version(made.native_handle(), TLS1_2_VERSION);
    SSL_CTX_set_max_proto_version(made.native_handle(), 0); // whatever the system's settings leave out
    SSL_CTX_set_mode(made.native_handle(), SSL_MODE_RELEASE_BUFFERS);
    return made;
}

result not_readable(const std::string& authorities, const std::string& why) {
    return {trouble::tls_certificate, 0,
            fmt::format("no certificate authority could be read from {}: {}", authorities, why)};
}

result load_trusted(ssl::context& context, const std::string& ca_file) {
    boost::system::error_code failed;
    if (ca_file.empty())
        context.set_default_verify_paths(failed);
    else
        context.load_verify_file(ca_file, failed);
    if (failed)
        return not_readable(ca_file.empty() ? "the system's store" : ca_file, failed.message());
    return {};
}

bool is_address(const std::string& name) {
    boost::system::error_code not_literal;
    asio::ip::make_address(name, not_literal);
    return !not_literal;
}

/// RFC 6066 section 3: literal addresses are not permitted in the server name indication.
void name_server(SSL* session, const std::string& name) {
    if (!name.empty() && !is_address(name))
        SSL_ctrl(session, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, const_cast<char*>(name.c_str()));
}

void expect(SSL* session, const std::string& name) {
    auto* parameters = SSL_get0_param(session);
    X509_VERIFY_PARAM_set_hostflags(parameters, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    if (is_address(name))
        X509_VERIFY_PARAM_set1_ip_asc(parameters, name.c_str());
    else
        X509_VERIFY_PARAM_set1_host(parameters, name.c_str(), name.size());
    // What the user names in a CA file is trusted, be it a root or not.
    X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN);
}

/// A peer that hangs up without close_notify has closed: what an end means is for the dialogue to say.
boost::system::error_code plain_error(boost::system::error_code failed) {
    if (failed == asio::ssl::error::stream_truncated)
        return asio::error::eof;
    return failed;
}

} // namespace

struct server_tls_context::native {
    mutable ssl::context context;
};

struct tls_layer::state {
    state(tcp_socket& over, ssl::context& context, ssl::stream_base::handshake_type as)
        : stream(over, context), role(as) {}

    ssl::stream<tcp_socket&> stream;
    ssl::stream_base::handshake_type role;
    std::string expected_name;
    bool shaken = false;
    x509_pointer refused; ///< the peer's own certificate, where one of its chain was refused

    void verify(const std::string& name) {
        expect(stream.native_handle(), name);
        stream.set_verify_mode(ssl::verify_peer);
        stream.set_verify_callback([this](bool good, ssl::verify_context& seen) {
            auto* leaf = X509_STORE_CTX_get0_cert(seen.native_handle());
            if (!good && !refused && leaf && X509_up_ref(leaf))
                refused.reset(leaf);
            return good;
        });
    }
};

server_tls_context::server_tls_context(const certified& identity, newest version) {
    auto context = fresh_context(ssl::context::tls_server);
    if (version == newest::tls_1_1) {
        SSL_CTX_set_security_level(context.native_handle(), 0);
        SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context.native_handle(), TLS1_1_VERSION);
    }
    boost::system::error_code failed;
    context.use_certificate_chain(asio::buffer(identity.certificate), failed);
    if (!failed)
        context.use_private_key(asio::buffer(identity.key), ssl::context::pem, failed);
    if (failed)
        throw std::runtime_error("not a certificate and its key: " + failed.message());
    SSL_CTX_set_num_tickets(context.native_handle(), 0);
    native_ = std::make_shared<native>(native{std::move(context)});
}

tls_layer::tls_layer(std::unique_ptr<state> made) : state_(std::move(made)) {}
tls_layer::~tls_layer() = default;

result tls_layer::try_authorities(const std::string& ca_file) {
    std::error_code ignored;
    if (std::filesystem::exists(ca_file, ignored) && !std::filesystem::is_regular_file(ca_file, ignored))
        return not_readable(ca_file, "it is no regular file"); // each connection reads it anew, and a pipe ends
    auto context = fresh_context(ssl::context::tls_client);
    return load_trusted(context, ca_file);
}

std::unique_ptr<tls_layer> tls_layer::as_client(tcp_socket& over, const tls_settings& settings, result& why) {
    auto context = fresh_context(ssl::context::tls_client);
    bool verifying = settings.verify == tls_settings::verification::full;
    if (verifying)
        why = load_trusted(context, settings.ca_file);
    if (!why)
        return nullptr;
    auto made = std::make_unique<state>(over, context, ssl::stream_base::client);
    made->expected_name = settings.server_name;
    name_server(made->stream.native_handle(), settings.server_name);
    if (verifying)
        made->verify(settings.server_name);
    return std::unique_ptr<tls_layer>(new tls_layer(std::move(made)));
}

std::unique_ptr<tls_layer> tls_layer::as_server(tcp_socket& over, const server_tls_context& identity) {
    auto made = std::make_unique<state>(over, identity.inner().context, ssl::stream_base::server);
    return std::unique_ptr<tls_layer>(new tls_layer(std::move(made)));
}

task<boost::system::error_code> tls_layer::handshake() {
    auto [failed] = co_await state_->stream.async_handshake(state_->role, as_value);
    state_->shaken = !failed;
    co_return failed;
}

task<tls_layer::transferred> tls_layer::read_some(std::span<char> into) {
    auto [failed, octets] = co_await state_->stream.async_read_some(asio::buffer(into.data(), into.size()), as_value);
    co_return transferred(plain_error(failed), octets);
}

task<tls_layer::transferred> tls_layer::write(std::string_view octets) {
    auto [failed, written] = co_await asio::async_write(state_->stream, asio::buffer(octets), as_value);
    co_return transferred(plain_error(failed), written);
}

result tls_layer::explain_handshake(boost::system::error_code failed, std::string_view peer, begun when) const {
    auto* session = state_->stream.native_handle();
    if (state_->refused)
        return explain_certificate(SSL_get_verify_result(session), state_->refused.get(), peer, state_->expected_name);
    return explain_failed_handshake(failed, peer, when);
}

std::string tls_layer::describe() const {
    auto* session = state_->stream.native_handle();
    return fmt::format("{}, {}", SSL_get_version(session), SSL_CIPHER_standard_name(SSL_get_current_cipher(session)));
}

void tls_layer::say_goodbye() {
    if (!state_->shaken)
        return;
    boost::system::error_code ignored;
    state_->stream.next_layer().non_blocking(true, ignored);
    // As if the peer's close_notify had come, so that ours is sent and none is waited for.
    auto* session = state_->stream.native_handle();
    SSL_set_shutdown(session, SSL_get_shutdown(session) | SSL_RECEIVED_SHUTDOWN);
    state_->stream.shutdown(ignored);
}

} // namespace mailspec::net
