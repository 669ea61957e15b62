#pragma once

#include "harness/net/certificates.hpp"

#include <memory>

namespace mailspec::net {

/// What a server shakes hands with: a certificate and its key, TLS 1.2 and later. Copies share it.
class server_tls_context {
public:
    /// The newest TLS that is spoken; with 1.1 no older one is refused.
    enum class newest { tls_1_1, tls_1_3 };

    /// Faults   throws std::runtime_error when the PEMs are not a certificate and its key.
    explicit server_tls_context(const certified& identity, newest version = newest::tls_1_3);

    struct native;
    const native& inner() const { return *native_; }

private:
    std::shared_ptr<const native> native_;
};

} // namespace mailspec::net
