#pragma once

#include "harness/net/tls_layer.hpp"

struct ssl_st; // OpenSSL's SSL

namespace mailspec::net {

/// Why verification of the peer's certificate failed, and which option relaxes it. For tls_layer.cpp.
result explain_certificate(const ssl_st* session, std::string_view peer, std::string_view expected_name);

/// Why a handshake failed for another reason than the certificate.
result explain_failed_handshake(boost::system::error_code failed, std::string_view peer, tls_layer::begun when);

} // namespace mailspec::net
