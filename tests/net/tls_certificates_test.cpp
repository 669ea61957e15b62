#include "tests/net/tls_test.hpp"

#include <gmock/gmock.h>

#include <stdexcept>

namespace mailspec::net {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::StartsWith;

using TlsCertificates = tls_test;

TEST_F(TlsCertificates, VerifiesNamesAndBothKindsOfAddress) {
    EXPECT_TRUE(reach(authority.issue({{"localhost"}}), {}, "localhost").opened);
    EXPECT_TRUE(reach(authority.issue({{"127.0.0.1"}}), {}, "127.0.0.1").opened);
    EXPECT_TRUE(reach(authority.issue({{"::1"}}), {}, "::1").opened);
}

TEST_F(TlsCertificates, SaysThatACertificateIsForAnotherName) {
    auto made = reach(authority.issue({{"mail.example", "192.0.2.1", "2001:db8::1"}}));
    EXPECT_FALSE(made.opened);
    EXPECT_EQ(made.how.why, trouble::tls_certificate);
    EXPECT_THAT(made.how.sentence,
                MatchesRegex("the certificate of 127.0.0.1:[0-9]+ is for mail.example, 192.0.2.1, "
                             "2001:db8:0:0:0:0:0:1, not for 127.0.0.1; say with server-name=NAME on the target "
                             "which name to expect, or accept any certificate with verify=no"));
}

TEST_F(TlsCertificates, SaysThatACertificateIsSelfSigned) {
    auto made = reach(self_signed());
    EXPECT_EQ(made.how.why, trouble::tls_certificate);
    EXPECT_THAT(made.how.sentence,
                MatchesRegex("the certificate of 127.0.0.1:[0-9]+ is self-signed; trust its authority with ca=FILE "
                             "on the target, or accept any certificate with verify=no"));
}

TEST_F(TlsCertificates, SaysThatAnAuthorityIsNotKnown) {
    certificate_authority another;
    auto made = reach(another.issue());
    EXPECT_EQ(made.how.why, trouble::tls_certificate);
    EXPECT_THAT(made.how.sentence, HasSubstr("is signed by an authority that is not trusted here; trust its"));
    auto system = reach(another.issue(), [](endpoint& e) { e.tls_options.ca_file.clear(); });
    EXPECT_THAT(system.how.sentence, HasSubstr("is signed by an authority that is not trusted here; trust its"));
}

TEST_F(TlsCertificates, SaysThatACertificateHasExpired) {
    certificate_request old;
    old.begins = -48h, old.ends = -24h;
    auto made = reach(authority.issue(old));
    EXPECT_EQ(made.how.why, trouble::tls_certificate);
    EXPECT_THAT(made.how.sentence,
                MatchesRegex(".* expired on 20[0-9-]+; accept any certificate with verify=no on the target"));
}

TEST_F(TlsCertificates, SaysThatACertificateIsNotValidYet) {
    certificate_request future;
    future.begins = 24h, future.ends = 48h;
    EXPECT_THAT(reach(authority.issue(future)).how.sentence, HasSubstr("is not valid yet; it begins on 20"));
}

TEST_F(TlsCertificates, AcceptsAnyCertificateWhenToldTo) {
    certificate_request bad;
    bad.names = {"mail.example"}, bad.begins = -48h, bad.ends = -24h;
    auto made = reach(self_signed(bad), [](endpoint& e) { e.tls_options.verify = tls_settings::verification::none; });
    EXPECT_TRUE(made.opened) << made.how.sentence;
}

TEST_F(TlsCertificates, TrustsASelfSignedCertificateGivenAsItsOwnAuthority) {
    auto own = self_signed();
    std::ofstream(ca_file) << own.certificate;
    auto made = reach(own);
    EXPECT_TRUE(made.opened) << made.how.sentence;
}

TEST_F(TlsCertificates, SaysWhichAuthorityFileCannotBeRead) {
    auto made = reach(authority.issue(), [](endpoint& e) { e.tls_options.ca_file = "/nowhere/ca.pem"; });
    EXPECT_EQ(made.how.why, trouble::tls_certificate);
    EXPECT_THAT(made.how.sentence, StartsWith("no certificate authority could be read from /nowhere/ca.pem: "));
}

TEST(ServerTlsContext, RefusesWhatIsNoCertificate) {
    EXPECT_THROW(server_tls_context({"nonsense", "nonsense"}), std::runtime_error);
    EXPECT_THROW(server_tls_context({self_signed().certificate, self_signed().key}), std::runtime_error);
}

} // namespace
} // namespace mailspec::net
