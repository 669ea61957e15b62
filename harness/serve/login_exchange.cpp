#include "harness/serve/login_exchange.hpp"

#include "harness/wire/sasl/base64.hpp"
#include "harness/wire/sasl/mechanism.hpp"
#include "harness/wire/sasl/server.hpp"

#include <variant>

namespace mailspec::serve {

namespace sasl = wire::sasl;

struct login_exchange::state {
    store* mail;
    bool client_waits; ///< the server speaks first, and an initial response is against the mechanism
    sasl::server at_work;
    std::string challenge;
    account* who = nullptr;
};

namespace {

sasl::directory directory_of(store& mail) {
    return [&mail](std::string_view user) -> std::optional<sasl::secrets> {
        auto* found = mail.find(user);
        if (!found)
            return std::nullopt;
        return sasl::secrets{found->password, found->token};
    };
}

} // namespace

login_exchange::login_exchange(store& mail, std::string_view mechanism) {
    auto started = sasl::server::start(mechanism, directory_of(mail));
    state_.reset(new state{
        &mail, sasl::find_mechanism(mechanism) == "CRAM-MD5", std::get<sasl::server>(std::move(started)), {}});
}

login_exchange::~login_exchange() = default;
login_exchange::login_exchange(login_exchange&&) noexcept = default;
login_exchange& login_exchange::operator=(login_exchange&&) noexcept = default;

bool login_exchange::offers(std::string_view mechanism) { return sasl::find_mechanism(mechanism).has_value(); }

const std::string& login_exchange::mechanisms() {
    static const auto all = [] {
        std::string list;
        for (auto m : sasl::server::mechanisms())
            list.append(list.empty() ? "" : " ").append(m);
        return list;
    }();
    return all;
}

login_exchange::step login_exchange::judge(std::string octets) {
    switch (state_->at_work.where()) {
    case sasl::server::state::challenging: state_->challenge = sasl::base64_encode(octets); return step::challenge;
    case sasl::server::state::accepted:
        state_->who = state_->mail->find(state_->at_work.user());
        return state_->who ? step::success : step::failure;
    default: return step::failure;
    }
}

login_exchange::step login_exchange::start(std::optional<std::string_view> initial) {
    if (!initial)
        return judge(state_->at_work.begin(std::nullopt).octets);
    auto octets = sasl::base64_decode(*initial == "=" ? std::string_view{} : *initial);
    if (!octets)
        return step::malformed;
    if (state_->client_waits)
        return step::no_initial;
    return judge(state_->at_work.begin(*octets).octets);
}

login_exchange::step login_exchange::receive(std::string_view line) {
    if (line == "*")
        return step::cancelled;
    auto octets = sasl::base64_decode(line);
    if (!octets)
        return step::malformed;
    return judge(state_->at_work.step(*octets).octets);
}

const std::string& login_exchange::challenge() const { return state_->challenge; }

account* login_exchange::who() const { return state_->who; }

} // namespace mailspec::serve
