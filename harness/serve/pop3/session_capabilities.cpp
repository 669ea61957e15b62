#include "harness/rfc/catalogue.hpp"
#include "harness/serve/pop3/session.hpp"

namespace mailspec::serve::pop3 {

namespace req = rfc::req;

/// Of a capability whose argument may differ once the user is known: before login, after it.
std::string_view session::policy(std::string_view before, std::string_view after) const {
    return drop_ ? after : before;
}

std::string_view session::expire() const {
    if (breaks(req::pop3_expire_announced))
        return "";
    if (breaks(req::pop3_expire_smallest))
        return policy("EXPIRE 30 USER\r\n", "EXPIRE 5\r\n");
    if (breaks(req::pop3_expire_user_token))
        return policy("EXPIRE 5\r\n", "EXPIRE 30\r\n");
    return breaks(req::pop3_expire_accurate) ? "EXPIRE 30 USER\r\n" : "EXPIRE NEVER\r\n";
}

/// Nobody has to wait, so that it is announced only to be broken.
std::string_view session::login_delay() const {
    if (breaks(req::pop3_login_delay_largest))
        return policy("LOGIN-DELAY 60 USER\r\n", "LOGIN-DELAY 900\r\n");
    if (breaks(req::pop3_login_delay_user_token))
        return policy("LOGIN-DELAY 900\r\n", "LOGIN-DELAY 60\r\n");
    if (breaks(req::pop3_login_delay_accurate))
        return "LOGIN-DELAY 900 USER\r\n";
    return breaks(req::pop3_login_delay_enforced) ? "LOGIN-DELAY 900\r\n" : "";
}

std::string session::mechanisms() const {
    if (drop_ && breaks(req::pop3_capa_same_arguments))
        return "PLAIN";
    return provider::of_ours(plays().pop3.announces, login_exchange::mechanisms());
}

void session::capabilities(const arguments&) {
    if (drop_ && breaks(req::pop3_capa))
        return refuse("you have asked before");
    ok("capabilities follow");
    std::string list = drop_ && breaks(req::pop3_capa_both_states) ? "" : "TOP\r\n";
    list += "UIDL\r\nUSER\r\nSASL " + mechanisms() + "\r\nRESP-CODES\r\nPIPELINING\r\n";
    if (offers_tls() && !drop_)
        list += "STLS\r\n";
    if (breaks(req::pop3_capa_line_length))
        list += "X-LONG " + std::string(600, 'x') + "\r\n";
    list.append(expire()).append(login_delay()).append("IMPLEMENTATION mailspec\r\n");
    send(writer_.payload(list));
}

} // namespace mailspec::serve::pop3
