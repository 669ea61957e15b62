#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace mailspec::net {

/// What a certificate is to say.
struct certificate_request {
    std::vector<std::string> names{"localhost", "127.0.0.1", "::1"}; ///< DNS names and literal addresses
    std::chrono::seconds begins = std::chrono::hours(-24);           ///< from now
    std::chrono::seconds ends = std::chrono::hours(24 * 30);         ///< from now
};

/// A certificate and its private key, both PEM.
struct certified {
    std::string certificate, key;
};

/// A certificate authority that lives in memory, EC P-256, for servers that are there for a test.
///
/// Faults   throws std::runtime_error where OpenSSL refuses, which is a fault of the system.
class certificate_authority {
public:
    certificate_authority();
    ~certificate_authority();
    certificate_authority(const certificate_authority&) = delete;
    certificate_authority& operator=(const certificate_authority&) = delete;

    /// Its own certificate, PEM: what a client gives as ca=FILE.
    const std::string& certificate() const { return certificate_; }
    certified issue(const certificate_request& wanted = {}) const;

private:
    struct keys;
    std::unique_ptr<keys> keys_;
    std::string certificate_;
};

/// A certificate that vouches for itself.
certified self_signed(const certificate_request& wanted = {});

} // namespace mailspec::net
