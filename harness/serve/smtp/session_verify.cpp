#include "harness/rfc/catalogue.hpp"
#include "harness/serve/smtp/session.hpp"

namespace mailspec::serve::smtp {

namespace req = rfc::req;

account* session::named(std::string_view argument) {
    if (argument.starts_with('<') && argument.ends_with('>') && argument.size() > 2)
        argument = argument.substr(1, argument.size() - 2);
    const auto parsed = argument.find('@') == argument.npos ? path{std::string(argument), ""} : parse_mailbox(argument);
    return parsed ? local(*parsed) : nullptr;
}

void session::vrfy(std::string_view argument) {
    if (breaks(req::smtp_vrfy_keeps_transaction))
        reset();
    if (argument.empty())
        return reply("501", "5.5.4", "say VRFY with a user or mailbox");
    const auto* found = named(argument);
    if (!found)
        return reply("550", "5.1.1", "no such mailbox here");
    reply("250", "2.1.5", '<' + found->user + '@' + host() + '>');
}

/// There are no lists here, but names that stand for one mailbox.
void session::expn(std::string_view argument) {
    if (breaks(req::smtp_expn_keeps_transaction))
        reset();
    if (argument.empty())
        return reply("501", "5.5.4", "say EXPN with a name");
    const auto* found = named(argument);
    if (!found)
        return reply("550", "5.1.1", "nothing of that name here");
    reply("250", "2.1.5", '<' + found->user + '@' + host() + '>');
}

void session::help(std::string_view) {
    if (breaks(req::smtp_help_keeps_transaction))
        reset();
    auto greetings = role_ == wire::protocol::lmtp ? "LHLO" : "EHLO HELO";
    reply("214", "2.0.0",
          std::string("AUTH BDAT DATA EXPN ") + greetings + " HELP MAIL NOOP QUIT RCPT RSET STARTTLS VRFY");
}

} // namespace mailspec::serve::smtp
