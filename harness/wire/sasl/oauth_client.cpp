#include "harness/wire/sasl/exchange.hpp"
#include "harness/wire/sasl/oauth.hpp"

namespace mailspec::wire::sasl {
namespace {

class oauth_exchange : public client::exchange {
public:
    oauth_exchange(std::string_view mechanism, const credentials& who)
        : bearer_form_(mechanism == "OAUTHBEARER"),
          presented_{bearer_form_ && !who.authorization.empty() ? who.authorization : who.user, who.token, who.host,
                     who.port} {}

    bool client_begins() const override { return true; }
    bool done() const override { return state_ == state::presented; }

    turn step(std::string_view challenge) override {
        switch (state_) {
        case state::fresh:
            state_ = state::presented;
            return {bearer_form_ ? write_oauthbearer(presented_) : write_xoauth2(presented_), {}};
        case state::presented:
            // An error in JSON: the client answers with a dummy, and the server ends the exchange (RFC 7628 3.2.3).
            state_ = state::refused;
            if (challenge.empty()) {
                return {{}, "The server sent one more empty challenge after the token."};
            }
            return {bearer_form_ ? "\x01" : "", {}};
        case state::refused: break;
        }
        return {{}, "The server went on after it had refused the token."};
    }

private:
    enum class state { fresh, presented, refused };
    bool bearer_form_;
    bearer presented_;
    state state_ = state::fresh;
};

} // namespace

std::unique_ptr<client::exchange> make_oauth_exchange(std::string_view mechanism, const credentials& who) {
    return std::make_unique<oauth_exchange>(mechanism, who);
}

} // namespace mailspec::wire::sasl
