#include "harness/wire/sasl/exchange.hpp"
#include "harness/wire/sasl/gsasl_session.hpp"
#include "harness/wire/sasl/mechanism.hpp"

#include <charconv>
#include <cstdint>

namespace mailspec::wire::sasl {
namespace {

std::string explain(const std::string& mechanism, int status) {
    switch (status) {
    case GSASL_AUTHENTICATION_ERROR: return mechanism + ": the server did not prove that it knows the password.";
    case GSASL_MECHANISM_PARSE_ERROR: return mechanism + ": the server's challenge is malformed.";
    case GSASL_SASLPREP_ERROR:
        return mechanism + ": the user name or password holds characters that SASLprep (RFC 4013) forbids.";
    case GSASL_MECHANISM_CALLED_TOO_MANY_TIMES: return mechanism + ": the server sent one challenge too many.";
    default: return mechanism + ": " + gsasl_strerror(status) + ".";
    }
}

constexpr std::uint64_t most_iterations = 1000000; ///< about a second of work

/// True when a SCRAM challenge ("r=...,s=...,i=4096") would keep the client at work for too long.
bool asks_too_much(std::string_view challenge) {
    const auto at = challenge.find(",i=");
    if (!challenge.starts_with("r=") || at == std::string_view::npos) {
        return false;
    }
    std::uint64_t count = 0;
    const auto digits = challenge.substr(at + 3);
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), count);
    return read.ec == std::errc::result_out_of_range || count > most_iterations;
}

class gsasl_exchange : public client::exchange {
public:
    gsasl_exchange(std::string_view mechanism, const credentials& who)
        : mechanism_(mechanism), session_(gsasl_session::side::client, mechanism_, {}) {
        if (!session_.running()) {
            return;
        }
        session_.set(GSASL_AUTHID, who.user);
        session_.set(GSASL_PASSWORD, who.password);
        if (!who.authorization.empty()) {
            session_.set(GSASL_AUTHZID, who.authorization);
        }
    }

    bool running() const { return session_.running(); }
    bool client_begins() const override { return sasl::client_begins(mechanism_); }
    bool done() const override { return done_; }

    turn step(std::string_view challenge) override {
        if (asks_too_much(challenge)) {
            return {{}, mechanism_ + ": the server asks for more than 1000000 iterations."};
        }
        turn next;
        const int status = session_.step(challenge, next.octets);
        done_ = status == GSASL_OK;
        if (status != GSASL_OK && status != GSASL_NEEDS_MORE) {
            next.fault = explain(mechanism_, status);
        }
        return next;
    }

private:
    std::string mechanism_;
    gsasl_session session_;
    bool done_ = false;
};

} // namespace

std::unique_ptr<client::exchange> make_gsasl_exchange(std::string_view mechanism, const credentials& who) {
    auto made = std::make_unique<gsasl_exchange>(mechanism, who);
    return made->running() ? std::move(made) : nullptr;
}

} // namespace mailspec::wire::sasl
