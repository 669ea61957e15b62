#include "harness/net/certificates.hpp"

#include <boost/asio/ip/address.hpp>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <stdexcept>

namespace mailspec::net {

namespace {

template <auto Free> struct freer {
    template <typename T> void operator()(T* p) const { Free(p); }
};
using key_pointer = std::unique_ptr<EVP_PKEY, freer<EVP_PKEY_free>>;
using x509_pointer = std::unique_ptr<X509, freer<X509_free>>;
using bio_pointer = std::unique_ptr<BIO, freer<BIO_free>>;
using extension_pointer = std::unique_ptr<X509_EXTENSION, freer<X509_EXTENSION_free>>;

void need(bool done) {
    if (!done)
        throw std::runtime_error("OpenSSL cannot make a certificate");
}

key_pointer fresh_key() {
    key_pointer made(EVP_EC_gen("P-256"));
    need(made != nullptr);
    return made;
}

template <typename Write> std::string pem(Write write) {
    bio_pointer out(BIO_new(BIO_s_mem()));
    need(out && write(out.get()) == 1);
    char* octets = nullptr;
    auto size = BIO_get_mem_data(out.get(), &octets);
    return std::string(octets, static_cast<std::size_t>(size));
}

std::string pem_of(X509* certificate) {
    return pem([&](BIO* out) { return PEM_write_bio_X509(out, certificate); });
}
std::string pem_of(EVP_PKEY* key) {
    return pem([&](BIO* out) { return PEM_write_bio_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr); });
}

void extend(X509* certificate, X509* issuer, int nid, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    extension_pointer extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
    need(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

std::string alternative_names(const std::vector<std::string>& names) {
    std::string all;
    for (auto& name : names) {
        boost::system::error_code not_literal;
        boost::asio::ip::make_address(name, not_literal);
        all.append(all.empty() ? "" : ",").append(not_literal ? "DNS:" : "IP:").append(name);
    }
    return all;
}

void set_serial(X509* certificate) {
    std::uint64_t serial = 0;
    need(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1);
    need(ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), (serial >> 1) | 1) == 1);
}

void set_name(X509_NAME* name, const std::string& common) {
    auto octets = reinterpret_cast<const unsigned char*>(common.c_str());
    need(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, octets, -1, -1, 0) == 1);
}

/// A certificate for that key, without extensions and signature yet.
x509_pointer blank(EVP_PKEY* key, const std::string& common_name, const certificate_request& wanted) {
    x509_pointer made(X509_new());
    need(made && X509_set_version(made.get(), X509_VERSION_3) == 1);
    set_serial(made.get());
    need(X509_gmtime_adj(X509_getm_notBefore(made.get()), wanted.begins.count()));
    need(X509_gmtime_adj(X509_getm_notAfter(made.get()), wanted.ends.count()));
    need(X509_set_pubkey(made.get(), key) == 1);
    set_name(X509_get_subject_name(made.get()), common_name);
    return made;
}

void sign(X509* certificate, X509* issuer, EVP_PKEY* key) {
    need(X509_set_issuer_name(certificate, X509_get_subject_name(issuer)) == 1);
    extend(certificate, issuer, NID_subject_key_identifier, "hash");
    if (issuer != certificate)
        extend(certificate, issuer, NID_authority_key_identifier, "keyid");
    need(X509_sign(certificate, key, EVP_sha256()) > 0);
}

std::string common_name(const certificate_request& wanted) {
    return wanted.names.empty() ? "nobody" : wanted.names.front();
}

void describe_server(X509* certificate, X509* issuer, const certificate_request& wanted) {
    extend(certificate, issuer, NID_basic_constraints, "critical,CA:FALSE");
    extend(certificate, issuer, NID_ext_key_usage, "serverAuth");
    if (!wanted.names.empty())
        extend(certificate, issuer, NID_subject_alt_name, alternative_names(wanted.names));
}

} // namespace

struct certificate_authority::keys {
    key_pointer key;
    x509_pointer certificate;
};

certificate_authority::certificate_authority() : keys_(std::make_unique<keys>()) {
    keys_->key = fresh_key();
    keys_->certificate = blank(keys_->key.get(), "mailspec test authority", {});
    auto* own = keys_->certificate.get();
    extend(own, own, NID_basic_constraints, "critical,CA:TRUE");
    extend(own, own, NID_key_usage, "critical,keyCertSign,cRLSign");
    sign(own, own, keys_->key.get());
    certificate_ = pem_of(own);
}

certificate_authority::~certificate_authority() = default;

certified certificate_authority::issue(const certificate_request& wanted) const {
    const auto key = fresh_key();
    auto made = blank(key.get(), common_name(wanted), wanted);
    describe_server(made.get(), keys_->certificate.get(), wanted);
    sign(made.get(), keys_->certificate.get(), keys_->key.get());
    return {pem_of(made.get()), pem_of(key.get())};
}

certified self_signed(const certificate_request& wanted) {
    const auto key = fresh_key();
    auto made = blank(key.get(), common_name(wanted), wanted);
    describe_server(made.get(), made.get(), wanted);
    sign(made.get(), made.get(), key.get());
    return {pem_of(made.get()), pem_of(key.get())};
}

} // namespace mailspec::net
