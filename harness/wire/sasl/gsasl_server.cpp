#include "harness/wire/sasl/gsasl_session.hpp"
#include "harness/wire/sasl/mechanism.hpp"
#include "harness/wire/sasl/server_exchange.hpp"

namespace mailspec::wire::sasl {
namespace {

void free_made(char* p) { gsasl_free(p); }

/// As RFC 4013 prepares a name; nothing where it holds what is prohibited.
std::optional<std::string> prepared(const std::string& name) {
    char* made = nullptr;
    if (gsasl_saslprep(name.c_str(), Gsasl_saslprep_flags{}, &made, nullptr) != GSASL_OK) {
        return std::nullopt;
    }
    const std::unique_ptr<char, decltype(&free_made)> keep(made, &free_made);
    return std::string(made);
}

class gsasl_exchange : public server::exchange {
public:
    gsasl_exchange(std::string_view mechanism, directory users)
        : mechanism_(mechanism),
          users_(std::move(users)),
          session_(gsasl_session::side::server, mechanism_,
                   [this](gsasl_session& session, Gsasl_property p) { return answer(session, p); }) {}

    bool running() const { return session_.running(); }
    bool client_begins() const override { return sasl::client_begins(mechanism_); }
    bool takes_early_response() const override { return mechanism_ == "LOGIN"; }
    bool finished() const override { return finished_; }
    std::string user() const override { return session_.known(GSASL_AUTHID); }

    turn step(std::string_view octets) override {
        turn next;
        const int status = session_.step(octets, next.octets);
        if (status != GSASL_OK) {
            if (status != GSASL_NEEDS_MORE) {
                next.fault = status == GSASL_MECHANISM_PARSE_ERROR ? mechanism_ + ": malformed response."
                                                                   : "Authentication failed.";
            }
            return next;
        }
        const auto acting_as = session_.known(GSASL_AUTHZID);
        if (!acting_as.empty() && prepared(acting_as) != user()) {
            return {{}, "Acting as another user is not allowed."};
        }
        finished_ = true;
        return next;
    }

private:
    int answer(gsasl_session& session, Gsasl_property p) {
        if (p == GSASL_SCRAM_ITER) {
            session.set(p, "4096");
            return GSASL_OK;
        }
        if (p != GSASL_PASSWORD) {
            return GSASL_NO_CALLBACK;
        }
        const auto found = users_(session.known(GSASL_AUTHID));
        if (!found) {
            return GSASL_NO_PASSWORD;
        }
        session.set(p, found->password);
        return GSASL_OK;
    }

    std::string mechanism_;
    directory users_;
    gsasl_session session_;
    bool finished_ = false;
};

} // namespace

std::unique_ptr<server::exchange> make_gsasl_server(std::string_view mechanism, directory users) {
    auto made = std::make_unique<gsasl_exchange>(mechanism, std::move(users));
    return made->running() ? std::move(made) : nullptr;
}

} // namespace mailspec::wire::sasl
