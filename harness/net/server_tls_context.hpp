#pragma once

#include "harness/net/certificates.hpp"

#include <memory>

namespace mailspec::net {

/// What a server shakes hands with: a certificate and its key, TLS 1.2 and later. Copies share it.
class server_tls_context {
public:
    /// Faults   throws std::runtime_error when the PEMs are not a certificate and its key.
    explicit server_tls_context(const certified& identity);

    struct native;
    const native& inner() const { return *native_; }

private:
    std::shared_ptr<const native> native_;
};

} // namespace mailspec::net
