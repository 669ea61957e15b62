#include "harness/serve/login_exchange.hpp"

#include "harness/wire/sasl/base64.hpp"
#include "harness/wire/sasl/mechanism.hpp"
#include "harness/wire/sasl/server.hpp"

#include <variant>

namespace mailspec::serve {

namespace sasl = wire::sasl;

struct login_exchange::state {
    store* mail;
    const provider* plays;
    std::string mechanism;
    sasl::server at_work;
    std::string challenge;
    int prompts = 0;
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

login_exchange::login_exchange(store& mail, std::string_view mechanism, const provider& plays) {
    auto started = sasl::server::start(mechanism, directory_of(mail));
    state_.reset(new state{&mail,
                           &plays,
                           std::string(sasl::find_mechanism(mechanism).value_or("")),
                           std::get<sasl::server>(std::move(started)),
                           {}});
}

login_exchange::~login_exchange() = default;
login_exchange::login_exchange(login_exchange&&) noexcept = default;
login_exchange& login_exchange::operator=(login_exchange&&) noexcept = default;

bool login_exchange::offers(std::string_view mechanism) { return sasl::find_mechanism(mechanism).has_value(); }

const std::string& login_exchange::mechanisms() {
    static const auto all = [] {
        std::string list;
        for (auto m : sasl::known_mechanisms())
            list.append(list.empty() ? "" : " ").append(m);
        return list;
    }();
    return all;
}

/// LOGIN has no standard; these are the words that every client knows.
std::string login_exchange::prompt() { return state_->prompts++ == 0 ? "Username:" : "Password:"; }

login_exchange::step login_exchange::judge(std::string octets) {
    switch (state_->at_work.where()) {
    case sasl::server::state::challenging:
        state_->challenge = sasl::base64_encode(state_->mechanism == "LOGIN" ? prompt() : octets);
        return step::challenge;
    case sasl::server::state::accepted:
        if (state_->plays->lets_in(state_->mechanism))
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
    if (state_->mechanism == "CRAM-MD5")
        return step::no_initial;
    state_->prompts = 1;
    const auto next = judge(state_->at_work.begin(*octets).octets);
    // An empty response is one all the same: who is asked for it again would never get further.
    return next == step::challenge && state_->challenge.empty() ? step::failure : next;
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

bool login_exchange::uses_digest() const {
    return state_->mechanism == "CRAM-MD5" || state_->mechanism.starts_with("SCRAM-");
}

account* login_exchange::who() const { return state_->who; }

} // namespace mailspec::serve
