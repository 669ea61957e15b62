#include "harness/wire/sasl/client.hpp"

#include "harness/wire/sasl/base64.hpp"
#include "harness/wire/sasl/exchange.hpp"
#include "harness/wire/sasl/mechanism.hpp"

namespace mailspec::wire::sasl {
namespace {

/// The sentence that says what the credentials lack for that mechanism; empty: nothing.
std::string missing(std::string_view mechanism, const credentials& who) {
    const std::string name(mechanism);
    const bool by_token = takes_token(name);
    if (who.user.empty() && name != "OAUTHBEARER") {
        return name + " needs a user name.";
    }
    if (by_token && who.token.empty()) {
        return name + " needs a token.";
    }
    for (const auto* part : {&who.user, &who.password, &who.token, &who.authorization, &who.host}) {
        if (part->find('\0') != std::string::npos) {
            return name + ": a NUL octet stands in the user name or secret.";
        }
        if (by_token && part != &who.password && part->find('\x01') != std::string::npos) {
            return name + ": an octet 01 stands in the user name or token.";
        }
    }
    return {};
}

} // namespace

client::client(std::unique_ptr<exchange> at_work) : at_work_(std::move(at_work)) {}
client::client(client&&) noexcept = default;
client& client::operator=(client&&) noexcept = default;
client::~client() = default;

std::variant<client, std::string> client::start(std::string_view mechanism, const credentials& who) {
    const auto known = find_mechanism(mechanism);
    if (!known) {
        return "No such SASL mechanism here; there are " + known_mechanisms_text() + ".";
    }
    if (auto fault = missing(*known, who); !fault.empty()) {
        return fault;
    }
    auto at_work = takes_token(*known) ? make_oauth_exchange(*known, who) : make_gsasl_exchange(*known, who);
    if (!at_work) {
        return "This build of GNU SASL lacks " + std::string(*known) + ".";
    }
    client made(std::move(at_work));
    if (made.at_work_->client_begins()) {
        auto first = made.at_work_->step({});
        if (!first.ok()) {
            return std::move(first.fault);
        }
        made.initial_ = std::move(first.octets);
    }
    return made;
}

turn client::step(std::string_view challenge) { return at_work_->step(challenge); }

turn client::step_base64(std::string_view challenge) {
    const auto octets = base64_decode(challenge);
    return octets ? step(*octets) : turn{{}, "The server's challenge is not base64."};
}

bool client::done() const { return at_work_->done(); }

} // namespace mailspec::wire::sasl
