#include "tests/run/turned.hpp"

#include <gtest/gtest.h>

#include <tuple>

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
         {imap("LOGIN", {"@ NO a\r\n", "@ NO b\r\n", "@ NO a\r\n", "@ NO b\r\n"})}},
        {"pop3/login-tells-users", by_pass, "no", "", {user, pop3("PASS", {"-ERR a\r\n"})}},
        {"pop3/login-tells-users",
         by_pass,
         "yes",
         "",
         {user, pop3("PASS", {"-ERR a\r\n", "-ERR b\r\n", "-ERR a\r\n", "-ERR b\r\n"})}},
        {"pop3/user-tells-users",
         "POP3: does USER refuse a user that is not known?",
         "yes",
         "",
         {pop3("USER", {"-ERR who?\r\n"})}},
        {"submission/login-tells-users",
         by_auth,
         "yes",
         "",
         {submission("AUTH", {"535 5.7.8 a\r\n", "535 5.7.8 b\r\n", "535 5.7.8 a\r\n", "535 5.7.8 b\r\n"})}},
        {"pop3/auth-tells-users",
         "POP3: does a refused AUTH tell an unknown user from a wrong password?",
         "yes",
         "",
         {pop3("CAPA", {"+OK\r\nSASL PLAIN\r\n.\r\n"}),
          pop3("AUTH", {"-ERR a\r\n", "-ERR b\r\n", "-ERR a\r\n", "-ERR b\r\n"})}},
        {"imap/login-tells-users", // two failures, then a limit
         by_login,
         "no",
         "",
         {imap("LOGIN", {"@ NO a\r\n", "@ NO a\r\n", "@ NO slow down\r\n"})}},
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

std::vector<turned> verifying() {
    const std::vector<std::string> tells = {"250 2.1.5 <bob@mail.example>\r\n", "250 2.1.5 <bob@mail.example>\r\n",
                                            "550 5.1.1 who?\r\n"};
    std::vector<turned> rows;
    for (const auto& [by, id, vrfy, expn] :
         {std::tuple{protocol::smtp, "smtp/verifies-users", "SMTP: does VRFY tell who is there?",
                     "SMTP: does EXPN tell who is there?"},
          std::tuple{protocol::submission, "submission/verifies-users", "submission: does VRFY tell who is there?",
                     "submission: does EXPN tell who is there?"},
          std::tuple{protocol::lmtp, "lmtp/verifies-users", "LMTP: does VRFY tell who is there?",
                     "LMTP: does EXPN tell who is there?"}}) {
        const line nothing{by, "EXPN", {"252 2.5.2 perhaps\r\n"}};
        rows.push_back({id, vrfy, "yes", "", {{by, "VRFY", tells}, nothing}});
        rows.push_back({id, expn, "no: it verifies nobody", "", {{by, "VRFY", tells}, nothing}});
    }
    return rows;
}

std::vector<turned> offers() {
    const std::string ehlo = "250-mail.example\r\n250 AUTH SCRAM-SHA-256\r\n";
    return {
        {"imap/offers-passwords-in-clear",
         "IMAP: which plaintext logins are offered outside TLS?",
         "none",
         "",
         {imap("CAPABILITY", {"* CAPABILITY IMAP4rev1 LOGINDISABLED\r\n" + ok})}},
        {"imap/offers-passwords-in-clear",
         "IMAP: which plaintext logins are offered outside TLS?",
         "AUTHENTICATE PLAIN, not LOGIN",
         "",
         {imap("CAPABILITY", {"* CAPABILITY IMAP4rev1 AUTH=PLAIN LOGINDISABLED\r\n" + ok})}},
        {"pop3/offers-passwords-in-clear",
         "POP3: which plaintext logins are offered outside TLS?",
         "none",
         "",
         {pop3("CAPA", {"+OK\r\nSTLS\r\nSASL SCRAM-SHA-256\r\n.\r\n"})}},
        {"smtp/offers-passwords-in-clear",
         "SMTP: which plaintext logins are offered outside TLS?",
         "none",
         "",
         {smtp("EHLO", {ehlo})}},
        {"submission/offers-passwords-in-clear",
         "submission: which plaintext logins are offered outside TLS?",
         "none",
         "",
         {submission("EHLO", {ehlo})}},
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
        {"smtp/relays-by-bang", "does SMTP relay by a bang path?", "yes", "", {taken, reset}},
        {"smtp/relays-by-encapsulation", "does SMTP relay by an encapsulated address?", "yes", "", {taken, reset}},
        {"smtp/relays-for-strangers", "does SMTP relay from strangers to strangers?", "yes", "", {taken, reset}},
        {"smtp/relays-for-nobody", "does SMTP relay for the null sender?", "not now", "", {later, reset}},
        {"lmtp/relays-to-strangers",
         "LMTP: is mail for somebody elsewhere taken?",
         "yes",
         "",
         {{protocol::lmtp, "RCPT", {"250 2.1.5 ok\r\n"}}, {protocol::lmtp, "RSET", {"250 2.0.0 ok\r\n"}}}},
        {"submission/relays-without-login",
         "submission: does it relay without a login?",
         "yes",
         "",
         {submission("RCPT", {"250 2.1.5 ok\r\n"}), submission("RSET", {"250 2.0.0 ok\r\n"})}},
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
    for (const auto& rows : {users(), passwords(), verifying(), offers(), relays(), lines()})
        for (const auto& row : rows)
            expect(row);
}

} // namespace
} // namespace mailspec::run::testing
