#include "tests/run/turned.hpp"

#include <gtest/gtest.h>

namespace mailspec::run::testing {
namespace {

std::vector<turned> users() {
    constexpr std::string_view by_pass = "POP3: does a refused PASS tell an unknown user from a wrong password?";
    constexpr std::string_view by_login = "IMAP: does a refused LOGIN tell an unknown user from a wrong password?";
    constexpr std::string_view by_auth = "submission: does a refused AUTH tell an unknown user from a wrong password?";
    const auto user = pop3("USER", {"+OK go on\r\n"});
    return {
        {"imap/login-tells-users",
         by_login,
         "each refusal is worded otherwise",
         "",
         {imap("LOGIN", {"@ NO a\r\n", "@ NO b\r\n", "@ NO c\r\n", "@ NO d\r\n"})}},
        {"imap/login-tells-users",
         by_login,
         "yes",
         "imap.login.no-detail",
         {imap("LOGIN", {"@ NO a\r\n", "@ NO a\r\n", "@ NO b\r\n", "@ NO b\r\n"})}},
        {"pop3/login-tells-users", by_pass, "no", "", {user, pop3("PASS", {"-ERR a\r\n"})}},
        {"pop3/login-tells-users",
         by_pass,
         "yes",
         "",
         {user, pop3("PASS", {"-ERR a\r\n", "-ERR a\r\n", "-ERR b\r\n", "-ERR b\r\n"})}},
        {"pop3/user-tells-users",
         "POP3: does USER refuse a user that is not known?",
         "yes",
         "",
         {pop3("USER", {"-ERR who?\r\n"})}},
        {"submission/login-tells-users",
         by_auth,
         "yes",
         "",
         {submission("AUTH", {"535 5.7.8 a\r\n", "535 5.7.8 a\r\n", "535 5.7.8 b\r\n", "535 5.7.8 b\r\n"})}},
    };
}

std::vector<turned> passwords() {
    return {
        {"imap/nul-in-password",
         "IMAP: is the right password taken where NUL and more stand behind it?",
         "yes, by LOGIN",
         "",
         {imap("LOGIN", {ok})}},
        {"pop3/nul-in-password",
         "POP3: is the right password taken where NUL and more stand behind it?",
         "yes, by AUTH PLAIN",
         "",
         {pop3("AUTH", {"+ \r\n"}), pop3("AGFsaWNl", {"+OK in\r\n"})}},
        {"submission/nul-in-password",
         "submission: is the right password taken where NUL and more stand behind it?",
         "yes, by AUTH PLAIN",
         "",
         {submission("AUTH", {"334 \r\n"}), submission("AGFsaWNl", {"235 2.7.0 in\r\n"})}},
    };
}

std::vector<turned> relays() {
    const auto taken = smtp("RCPT", {"250 2.1.5 ok\r\n"}), later = smtp("RCPT", {"450 4.7.1 later\r\n"});
    const auto reset = smtp("RSET", {"250 2.0.0 ok\r\n"});
    return {
        {"smtp/relays-to-strangers", "does SMTP relay for somebody elsewhere?", "yes", "", {taken, reset}},
        {"smtp/relays-to-strangers",
         "does SMTP relay for somebody elsewhere?",
         "no, but not with 550",
         "smtp.relay.550",
         {smtp("RCPT", {"554 5.7.1 no\r\n"}), reset}},
        {"smtp/relays-by-source-route", "does SMTP relay by a source route?", "yes", "", {taken, reset}},
        {"smtp/relays-by-percent", "does SMTP relay by the percent hack?", "not now", "", {later, reset}},
        {"smtp/relays-by-quotes", "does SMTP relay by a quoted local part?", "yes", "", {taken, reset}},
    };
}

std::vector<turned> lines() {
    return {
        {"smtp/cr-ends-command",
         "SMTP: does CR alone end a command?",
         "yes",
         "smtp.command.crlf-only",
         {smtp("NOOP", {"250 2.0.0 ok\r\n221 2.0.0 bye\r\n!"})}},
        {"smtp/told-by-idle",
         "when does IDLE tell of a mail that SMTP took?",
         "not within 30 s",
         "",
         {announces("IDLE"), imap("IDLE", {"+ idling\r\n"}), imap("DONE", {ok}),
          imap("SEARCH", {"* SEARCH 1\r\n" + ok}), imap("STORE", {ok}), imap("EXPUNGE", {ok}),
          smtp("X-Mailspec", {"250 2.0.0 ok\r\n"})}},
    };
}

TEST(TheFactsOfSecurity, ComeOutDifferentlyWhereTheServerDiffers) {
    for (const auto& rows : {users(), passwords(), relays(), lines()})
        for (const auto& row : rows)
            expect(row);
}

} // namespace
} // namespace mailspec::run::testing
