#include "harness/rfc/catalogue.hpp"
#include "harness/serve/smtp/session.hpp"
#include "harness/wire/ascii.hpp"

namespace mailspec::serve::smtp {

namespace req = rfc::req;

void session::starttls(std::string_view) {
    if (is_secured())
        return reply("503", "5.5.1", "TLS is active already");
    if (!offers_tls() || breaks(req::smtp_starttls))
        return reply("502", "5.5.1", "no TLS here");
    reply("220", "2.0.0", "ready to start TLS");
    if (!breaks(req::smtp_starttls_not_in_clear))
        start_tls();
}

line_session::bare_ends session::within_lines() const {
    return breaks(req::smtp_command_crlf_only) ? bare_ends::obeyed : bare_ends::refused;
}

line_session::leftovers session::before_tls() const {
    return breaks(req::smtp_starttls_injection) ? leftovers::kept : leftovers::dropped;
}

void session::auth(std::string_view argument) {
    if (greeted_ != greeted::ehlo)
        return reply("503", "5.5.1", "say EHLO first");
    if (user_ || sender_)
        return reply("503", "5.5.1", user_ ? "already authenticated" : "a mail transaction is open");
    auto space = argument.find(' ');
    auto mechanism = argument.substr(0, space);
    if (mechanism.empty())
        return reply("501", "5.5.4", "say AUTH with a mechanism");
    if (!login_exchange::offers(mechanism) ||
        (breaks(req::smtp_auth_any_case) && mechanism != wire::in_capitals(mechanism)))
        return reply("504", "5.5.4", "unknown mechanism");
    if (!plays().takes(plays().smtp, wire::in_capitals(mechanism)))
        return refuse_login();
    login_.emplace(mail_, mechanism, plays());
    judge(login_->start(space == argument.npos ? std::nullopt : std::optional(argument.substr(space + 1))));
}

void session::judge(login_exchange::step step) {
    using enum login_exchange::step;
    if (step == challenge)
        return reply("334", "", breaks(req::smtp_auth_challenge) ? "go ahead" : login_->challenge());
    auto* who = login_->who();
    login_.reset();
    switch (step) {
    case success:
        if (breaks(req::smtp_auth))
            return reply("250", "2.0.0", "authenticated, but said wrongly");
        if (!is_secured() && breaks(req::tls_cleartext_same_answer))
            return reply("538", "5.7.11", "right, but only inside TLS");
        user_ = who;
        if (breaks(req::smtp_auth_pipelined))
            lose_input(1);
        return reply("235", "2.7.0", "authentication successful");
    case malformed: return reply("501", "5.5.2", "not base64");
    case cancelled: return reply("501", "5.7.0", "cancelled");
    case no_initial: return reply("501", "5.7.0", "the server speaks first in this mechanism");
    default:
        if (++failed_logins_ == 2 && breaks(req::smtp_auth_three_attempts))
            close();
        return refuse_login();
    }
}

void session::refuse_login() {
    const auto words = plays().smtp.refusal;
    if (words.empty())
        return reply("535", "5.7.8", "wrong user name or password");
    reply(words.substr(0, 3), "", words.substr(4));
}

} // namespace mailspec::serve::smtp
