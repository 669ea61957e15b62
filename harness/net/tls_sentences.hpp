#pragma once

#include "harness/net/tls_layer.hpp"

struct x509_st; // OpenSSL's X509

namespace mailspec::net {

/// Why verification of the peer's certificate failed, and which option relaxes it.
///
/// Takes   OpenSSL's X509_V_ERR_*, and the certificate where it is known.
result explain_certificate(long verdict, x509_st* leaf, std::string_view peer, std::string_view expected_name);

/// Why a handshake failed for another reason than the certificate.
result explain_failed_handshake(boost::system::error_code failed, std::string_view peer, tls_layer::begun when);

} // namespace mailspec::net
