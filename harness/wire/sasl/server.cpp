#include "harness/wire/sasl/server.hpp"

#include "harness/wire/sasl/base64.hpp"
#include "harness/wire/sasl/mechanism.hpp"
#include "harness/wire/sasl/server_exchange.hpp"

namespace mailspec::wire::sasl {

server::server(std::unique_ptr<exchange> at_work) : at_work_(std::move(at_work)) {}
server::server(server&&) noexcept = default;
server& server::operator=(server&&) noexcept = default;
server::~server() = default;

std::variant<server, std::string> server::start(std::string_view mechanism, directory users) {
    const auto known = find_mechanism(mechanism);
    if (!known) {
        return "Unknown mechanism.";
    }
    auto at_work =
        takes_token(*known) ? make_oauth_server(*known, std::move(users)) : make_gsasl_server(*known, std::move(users));
    if (!at_work) {
        return "Unknown mechanism.";
    }
    return server(std::move(at_work));
}

turn server::refuse(std::string why) {
    where_ = state::refused;
    return {{}, std::move(why)};
}

turn server::begin(std::optional<std::string_view> initial_response) {
    if (!initial_response && at_work_->client_begins()) {
        return {}; // an empty challenge asks for it
    }
    if (!initial_response || at_work_->client_begins()) {
        return step(initial_response.value_or(std::string_view()));
    }
    auto prompt = step({});
    if (!prompt.ok() || !at_work_->takes_early_response()) {
        return refuse("The mechanism does not let the client begin.");
    }
    return step(*initial_response);
}

turn server::step(std::string_view answer) {
    if (where_ != state::challenging) {
        return refuse("The exchange is over.");
    }
    if (proven_) {
        where_ = answer.empty() ? state::accepted : state::refused;
        user_ = answer.empty() ? at_work_->user() : "";
        return {{}, answer.empty() ? "" : "The answer to the last challenge should be empty."};
    }
    auto next = at_work_->step(answer);
    if (!next.ok()) {
        return refuse(std::move(next.fault));
    }
    if (at_work_->finished()) {
        proven_ = true;
        if (next.octets.empty()) {
            where_ = state::accepted;
            user_ = at_work_->user();
        }
    }
    return next;
}

turn server::step_base64(std::string_view answer) {
    if (answer == "*") {
        return refuse("The client gave up.");
    }
    const auto octets = base64_decode(answer);
    return octets ? step(*octets) : refuse("The response is not base64.");
}

} // namespace mailspec::wire::sasl
