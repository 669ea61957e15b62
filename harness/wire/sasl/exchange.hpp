#pragma once

#include "harness/wire/sasl/client.hpp"

namespace mailspec::wire::sasl {

/// One client mechanism at work.
class client::exchange {
public:
    virtual ~exchange() = default;
    virtual bool client_begins() const = 0;
    virtual turn step(std::string_view challenge) = 0;
    virtual bool done() const = 0;
};

std::unique_ptr<client::exchange> make_oauth_exchange(std::string_view mechanism, const credentials& who);
/// Null where GNU SASL lacks the mechanism.
std::unique_ptr<client::exchange> make_gsasl_exchange(std::string_view mechanism, const credentials& who);

} // namespace mailspec::wire::sasl
