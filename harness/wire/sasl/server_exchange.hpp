#pragma once

#include "harness/wire/sasl/server.hpp"

namespace mailspec::wire::sasl {

/// One server mechanism at work.
class server::exchange {
public:
    virtual ~exchange() = default;
    virtual bool client_begins() const = 0;
    /// True for LOGIN, whose user name many clients send with the command; others must be refused (RFC 4954
    /// section 4, RFC 5034 section 4).
    virtual bool takes_early_response() const { return false; }
    /// Takes the client's octets. `finished()` afterwards: the client has proven who it is.
    virtual turn step(std::string_view octets) = 0;
    virtual bool finished() const = 0;
    virtual std::string user() const = 0;
};

std::unique_ptr<server::exchange> make_oauth_server(std::string_view mechanism, directory users);
/// Null where GNU SASL lacks the mechanism.
std::unique_ptr<server::exchange> make_gsasl_server(std::string_view mechanism, directory users);

} // namespace mailspec::wire::sasl
