#include "harness/wire/sasl/oauth.hpp"
#include "harness/wire/sasl/server_exchange.hpp"

namespace mailspec::wire::sasl {
namespace {

class oauth_exchange : public server::exchange {
public:
    oauth_exchange(std::string_view mechanism, directory users)
        : bearer_form_(mechanism == "OAUTHBEARER"), users_(std::move(users)) {}

    bool client_begins() const override { return true; }
    bool finished() const override { return !user_.empty(); }
    std::string user() const override { return user_; }

    turn step(std::string_view octets) override {
        if (refused_) {
            return {{}, "Authentication failed."};
        }
        const auto presented = bearer_form_ ? read_oauthbearer(octets) : read_xoauth2(octets);
        if (!presented) {
            return {{}, "Malformed response."};
        }
        const auto known = users_(presented->user);
        if (known && !known->token.empty() && known->token == presented->token) {
            user_ = presented->user;
            return {};
        }
        refused_ = true;
        // RFC 7628 section 3.2.2; XOAUTH2's form says the same in HTTP's number.
        return {bearer_form_ ? R"({"status":"invalid_token"})" : R"({"status":"401","schemes":"bearer"})", {}};
    }

private:
    bool bearer_form_;
    directory users_;
    bool refused_ = false;
    std::string user_;
};

} // namespace

std::unique_ptr<server::exchange> make_oauth_server(std::string_view mechanism, directory users) {
    return std::make_unique<oauth_exchange>(mechanism, std::move(users));
}

} // namespace mailspec::wire::sasl
