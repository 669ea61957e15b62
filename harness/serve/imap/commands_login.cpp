#include "harness/serve/imap/commands.hpp"
#include "harness/serve/login_exchange.hpp"

#include <memory>

namespace mailspec::serve::imap {

namespace {

reply welcome(conversation& c, account& who) {
    c.log_in(who);
    if (c.plays().has(provider::capability_untagged)) {
        c.out() += "* CAPABILITY " + capabilities(c) + "\r\n";
        return reply::ok("Success");
    }
    return reply::ok("CAPABILITY " + capabilities(c), "logged in");
}

reply refused(const conversation& c, std::string ours) {
    const auto words = c.plays().imap.refusal;
    return words.empty() ? reply::no("AUTHENTICATIONFAILED", std::move(ours)) : reply::no(std::string(words));
}

reply next_step(conversation& c, login_exchange& exchange, login_exchange::step step) {
    switch (step) {
    case login_exchange::step::challenge: c.out() += "+ " + exchange.challenge() + "\r\n"; return reply::later();
    case login_exchange::step::success:
        return c.breaks(req::imap_authenticate) ? reply::bad("not today") : welcome(c, *exchange.who());
    case login_exchange::step::failure: return refused(c, "authentication failed");
    case login_exchange::step::cancelled: return reply::bad("authentication cancelled");
    case login_exchange::step::malformed: return reply::bad("not base64");
    case login_exchange::step::no_initial: return reply::bad("this mechanism takes no initial response");
    }
    return reply::bad("authentication cancelled");
}

/// Where the breach of that says so, who asks by name for a user's privileges has another user's.
void mistake_identity(conversation& c, std::string_view line) {
    const bool named = !line.starts_with('A'); // in base64: no NUL before the user who logs in
    if (!named || c.where() == conversation::state::not_authenticated || !c.breaks(req::imap_authenticate_authzid))
        return;
    for (const auto& [user, who] : c.mail().accounts())
        if (who.get() != &c.who())
            return c.log_in(*who);
}

} // namespace

reply do_starttls(conversation& c, command& cmd) {
    if (!cmd.args.done())
        return syntax_error(cmd);
    if (!c.may_start_tls())
        return reply::bad(c.secured() ? "TLS is on already" : "no TLS here");
    if (c.breaks(req::imap_starttls) || c.breaks(req::imap_starttls_allowed))
        return reply::bad("no TLS today");
    if (!c.breaks(req::imap_starttls_not_in_clear))
        c.request_tls();
    return reply::ok("begin TLS");
}

reply do_login(conversation& c, command& cmd) {
    cmd.args.sp();
    auto user = cmd.args.astring();
    cmd.args.sp();
    auto password = cmd.args.astring();
    if (!cmd.args.done())
        return syntax_error(cmd);
    auto* who = c.mail().find(user);
    const bool right = who && !c.plays().has(provider::only_tokens) &&
                       (who->password == password || c.breaks(req::imap_login_refuses_wrong_password));
    if (!right)
        return refused(c, "wrong user or password");
    if (!c.secured() && c.breaks(req::tls_cleartext_same_answer))
        return reply::no("PRIVACYREQUIRED", "right, but only inside TLS");
    return c.breaks(req::imap_login) ? reply::bad("not today") : welcome(c, *who);
}

reply do_authenticate(conversation& c, command& cmd) {
    cmd.args.sp();
    auto mechanism = std::string(cmd.args.atom());
    std::optional<std::string> initial;
    if (cmd.args.take(' ')) {
        initial = cmd.args.rest();
        if (initial->empty())
            return reply::bad("a space at the end");
    } else if (!cmd.args.done()) {
        return syntax_error(cmd);
    }
    if (!login_exchange::offers(mechanism))
        return reply::no("CANNOT", "no such mechanism");
    if (!c.plays().takes(c.plays().imap, in_capitals(mechanism)))
        return refused(c, "not with this mechanism");
    if (c.breaks(req::imap_sasl_ir) || (initial == "=" && c.breaks(req::imap_sasl_ir_empty)))
        initial.reset();
    auto exchange = std::make_shared<login_exchange>(c.mail(), mechanism, c.plays());
    auto what = next_step(c, *exchange, exchange->start(initial));
    if (what.what == reply::kind::later)
        c.await_line([&c, exchange](std::string_view line) {
            auto r = next_step(c, *exchange, exchange->receive(line));
            mistake_identity(c, line);
            return r;
        });
    return what;
}

} // namespace mailspec::serve::imap
