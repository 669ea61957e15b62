#include "harness/wire/sasl/gsasl_session.hpp"

namespace mailspec::wire::sasl {

gsasl_session::gsasl_session(side s, const std::string& mechanism, asker ask) : ask_(std::move(ask)) {
    if (gsasl_init(&context_) != GSASL_OK) {
        context_ = nullptr;
        return;
    }
    gsasl_callback_set(context_, &gsasl_session::answer);
    const auto begin = s == side::client ? gsasl_client_start : gsasl_server_start;
    if (begin(context_, mechanism.c_str(), &session_) != GSASL_OK) {
        session_ = nullptr;
        return;
    }
    gsasl_session_hook_set(session_, this);
}

gsasl_session::~gsasl_session() {
    if (session_ != nullptr) {
        gsasl_finish(session_);
    }
    if (context_ != nullptr) {
        gsasl_done(context_);
    }
}

void gsasl_session::set(Gsasl_property p, const std::string& value) {
    static_cast<void>(gsasl_property_set(session_, p, value.c_str()));
}

std::string gsasl_session::known(Gsasl_property p) const {
    const char* value = gsasl_property_fast(session_, p);
    return value == nullptr ? "" : value;
}

int gsasl_session::step(std::string_view in, std::string& out) {
    char* made = nullptr;
    std::size_t size = 0;
    const int status = gsasl_step(session_, in.data(), in.size(), &made, &size);
    out.clear();
    if (made != nullptr && (status == GSASL_OK || status == GSASL_NEEDS_MORE)) {
        out.assign(made, size);
    }
    gsasl_free(made);
    return status;
}

int gsasl_session::answer(Gsasl*, Gsasl_session* session, Gsasl_property p) {
    auto* self = static_cast<gsasl_session*>(gsasl_session_hook_get(session));
    return self != nullptr && self->ask_ ? self->ask_(*self, p) : static_cast<int>(GSASL_NO_CALLBACK);
}

} // namespace mailspec::wire::sasl
