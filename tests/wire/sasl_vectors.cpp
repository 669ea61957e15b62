#include "harness/wire/sasl/base64.hpp"
#include "harness/wire/sasl/client.hpp"

#include <gtest/gtest.h>

#include <cstring>

/// Stands in for GNU SASL's function of that name, so that the client's nonce is that of the example.
extern "C" int gsasl_nonce(char* data, std::size_t size) {
    const auto nonce = mailspec::wire::sasl::base64_decode("fyko+d2lbbFgONRv9qkxdawL");
    std::memset(data, 0, size);
    std::memcpy(data, nonce->data(), std::min(size, nonce->size()));
    return 0;
}

namespace {

using namespace mailspec::wire::sasl;

TEST(SaslVectors, AreTheExchangeOfRfc5802) {
    auto made = client::start("SCRAM-SHA-1", {"user", "pencil", {}, {}, {}, 0});
    auto& c = std::get<client>(made);
    EXPECT_EQ(c.initial_response(), "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL");
    EXPECT_EQ(c.step("r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096").octets,
              "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=");
    EXPECT_FALSE(c.done());
    EXPECT_TRUE(c.step("v=rmF9pqV8S7suAoZWja4dJRkFsKQ=").ok());
    EXPECT_TRUE(c.done());
}

/// The salt, password and server nonce of RFC 7677 section 3 with RFC 5802's client nonce, for GNU SASL's nonces have
/// that length; proof and signature were worked out with Python's hashlib, which gives RFC 7677's own for its nonce.
TEST(SaslVectors, AreTheExchangeOfRfc7677WithAnotherNonce) {
    auto made = client::start("SCRAM-SHA-256", {"user", "pencil", {}, {}, {}, 0});
    auto& c = std::get<client>(made);
    EXPECT_EQ(
        c.step("r=fyko+d2lbbFgONRv9qkxdawL%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096").octets,
        "c=biws,r=fyko+d2lbbFgONRv9qkxdawL%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p="
        "2FUSN0pPcS7P8hBhsxBJOiUDbRoW4KVNGZT0LxVnSek=");
    EXPECT_TRUE(c.step("v=zJZjsVp2g+W9jd01vgbsshippfH1sM0tLdBvs+e3DF4=").ok());
    EXPECT_TRUE(c.done());
}

} // namespace
