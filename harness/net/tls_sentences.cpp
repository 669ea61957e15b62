#include "harness/net/tls_sentences.hpp"

#include <boost/asio/ssl/error.hpp>
#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace mailspec::net {

namespace asio = boost::asio;

namespace {

/// What a certificate says of itself is the peer's word: only printable ASCII goes into a sentence.
std::string harmless(std::string_view said) {
    std::string out;
    for (char c : said.substr(0, 100))
        out += c > ' ' && c < 0x7f ? c : '?';
    return out;
}

std::string address_of(const ASN1_OCTET_STRING* octets) {
    auto size = ASN1_STRING_length(octets);
    auto data = ASN1_STRING_get0_data(octets);
    if (size == 4)
        return fmt::format("{}.{}.{}.{}", data[0], data[1], data[2], data[3]);
    std::string out;
    for (int i = 0; i + 1 < size; i += 2)
        out += fmt::format("{}{:x}", i ? ":" : "", data[i] << 8 | data[i + 1]);
    return out;
}

/// The names a certificate is for, at most five of them: "a.example, b.example".
std::string names_of(X509* certificate) {
    auto* all = certificate
                    ? static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr))
                    : nullptr;
    std::string out;
    for (int i = 0; all && i < sk_GENERAL_NAME_num(all) && i < 5; ++i) {
        auto* name = sk_GENERAL_NAME_value(all, i);
        std::string text;
        if (name->type == GEN_DNS)
            text = harmless({reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.dNSName)),
                             static_cast<std::size_t>(ASN1_STRING_length(name->d.dNSName))});
        else if (name->type == GEN_IPADD)
            text = address_of(name->d.iPAddress);
        if (!text.empty())
            out.append(out.empty() ? "" : ", ").append(text);
    }
    GENERAL_NAMES_free(all);
    return out.empty() ? "no name at all" : out;
}

/// " on 2026-01-31"; empty where the time cannot be read.
std::string day_of(const ASN1_TIME* time) {
    std::tm parts{};
    if (!time || ASN1_TIME_to_tm(time, &parts) != 1)
        return {};
    return fmt::format(" on {:04}-{:02}-{:02}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
}

std::string what_failed(long verdict, X509* leaf, std::string_view expected_name) {
    switch (verdict) {
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: return "is self-signed";
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE: return "is signed by an authority that is not trusted here";
    case X509_V_ERR_CERT_HAS_EXPIRED:
        if (leaf && X509_cmp_current_time(X509_get0_notAfter(leaf)) < 0)
            return "expired" + day_of(X509_get0_notAfter(leaf));
        return "is signed by an authority whose certificate has expired";
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return "is not valid yet" + (leaf ? "; it begins" + day_of(X509_get0_notBefore(leaf)) : std::string());
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH: return fmt::format("is for {}, not for {}", names_of(leaf), expected_name);
    default: return fmt::format("cannot be verified: {}", X509_verify_cert_error_string(verdict));
    }
}

const char* what_relaxes(long verdict) {
    switch (verdict) {
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        return "trust its authority with ca=FILE on the target, or accept any certificate with verify=no";
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return "say with server-name=NAME on the target which name to expect, or accept any certificate with verify=no";
    default: return "accept any certificate with verify=no on the target";
    }
}

bool is_not_tls(int reason) {
    switch (reason) {
    case SSL_R_WRONG_VERSION_NUMBER:
    case SSL_R_PACKET_LENGTH_TOO_LONG:
    case SSL_R_HTTP_REQUEST:
    case SSL_R_HTTPS_PROXY_REQUEST:
    case SSL_R_UNKNOWN_PROTOCOL:
    case SSL_R_BAD_RECORD_TYPE:
    case SSL_R_UNEXPECTED_MESSAGE:
    case SSL_R_RECORD_TOO_SMALL:
#ifdef SSL_R_RECORD_LAYER_FAILURE
    case SSL_R_RECORD_LAYER_FAILURE:
#endif
        return true;
    default: return false;
    }
}

bool is_too_old(int reason) {
    return reason == SSL_R_UNSUPPORTED_PROTOCOL || reason == SSL_R_TLSV1_ALERT_PROTOCOL_VERSION;
}

std::string advice(tls_layer::begun when) {
    return when == tls_layer::begun::at_once ? " (tls=implicit); try tls=starttls or none"
                                             : ", though it agreed to (tls=starttls); try tls=none";
}

} // namespace

result explain_certificate(long verdict, x509_st* leaf, std::string_view peer, std::string_view expected_name) {
    return {trouble::tls_certificate, 0,
            fmt::format("the certificate of {} {}; {}", peer, what_failed(verdict, leaf, expected_name),
                        what_relaxes(verdict))};
}

result explain_failed_handshake(boost::system::error_code failed, std::string_view peer, tls_layer::begun when) {
    auto say = [](std::string sentence) { return result{trouble::tls_handshake, 0, std::move(sentence)}; };
    bool hung_up = failed == asio::error::eof || failed == asio::ssl::error::stream_truncated ||
                   failed == asio::error::connection_reset || failed == asio::error::broken_pipe;
    if (hung_up)
        return say(fmt::format("{} hung up during the TLS handshake: perhaps it does not speak TLS here{}", peer,
                               advice(when)));
    if (failed.category() != asio::error::get_ssl_category())
        return say(fmt::format("the TLS handshake with {} failed: {}", peer, failed.message()));
    auto reason = ERR_GET_REASON(static_cast<unsigned long>(failed.value()));
    if (is_not_tls(reason))
        return say(fmt::format("{} does not speak TLS here{}", peer, advice(when)));
    if (is_too_old(reason))
        return {trouble::tls_version, 0, fmt::format("{} speaks no TLS of version 1.2 or later", peer)};
    auto* words = ERR_reason_error_string(static_cast<unsigned long>(failed.value()));
    return say(fmt::format("the TLS handshake with {} failed: {}", peer, words ? words : "reason unknown"));
}

} // namespace mailspec::net
