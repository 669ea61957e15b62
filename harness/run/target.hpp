#pragma once

#include "harness/run/secret_command.hpp"
#include "harness/wire/protocol.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace mailspec::run {

/// How an endpoint is secured. starttls is a demand: without it nothing is sent, never a silent downgrade.
enum class security { none, starttls, implicit };

/// What is meant where nothing is said: starttls for imap, pop3, submission and managesieve, none for smtp and lmtp.
security default_security(wire::protocol p);
/// The port that IANA assigned, with or without implicit TLS.
std::uint16_t default_port(wire::protocol p, security s);

/// Whether the server's certificate must be valid for its name.
enum class verification { full, none };

/// One door of the server under test.
struct endpoint {
    wire::protocol protocol = wire::protocol::imap;
    std::string host; ///< name or literal address, without brackets
    std::uint16_t port = 0;
    security tls = security::none;
    verification verify = verification::full;
    std::string ca_file; ///< PEM; empty: the system's
    std::string name;    ///< for SNI and verification; empty: host

    /// "127.0.0.1:11143", "[::1]:143": for people.
    std::string show() const;
};

/// Where a secret comes from; never from the command line.
struct secret_source {
    enum class kind {
        none,        ///< there is none
        given,       ///< `what` is the secret itself (the built-in server's accounts)
        environment, ///< `what` names the variable
        file,        ///< first line of the file
        command,     ///< first line that the command prints
        prompt       ///< asked of the person at the terminal
    } from = kind::none;
    std::string what;
};

/// What may be done to an account's INBOX and maildrop.
enum class disposal { keep, disposable };

/// One account on the server under test.
struct account {
    std::string role;    ///< "alice", "bob", "carol" of the scenarios; empty: by order of listing
    std::string user;    ///< as in LOGIN
    std::string address; ///< "alice@example.org"; empty: user, if it has an @, else user@host of the endpoint
    secret_source password_from;
    secret_source token_from; ///< for XOAUTH2 and OAUTHBEARER
    disposal inbox = disposal::keep;
    std::string password; ///< filled by resolve_secrets()
    std::string token;    ///< filled by resolve_secrets()
};

/// A command that this provider wants after login, before anything else: for 163.com ID.
struct extra_command {
    wire::protocol protocol = wire::protocol::imap;
    std::string line; ///< without tag and CRLF
};

/// What people must know of this provider: what to switch on first, what its refusals mean.
struct note {
    std::string text, source;
    std::string when; ///< what the server says when it applies, in any case; empty: a login is refused
};

/// The notes that explain what the server said: those whose words stand in it, each as "; what to know. See where."
/// Empty: none does.
std::string explain(const std::vector<note>& notes, std::string_view said);

/// The notes for every login that is refused, in the same form.
std::string explain_login(const std::vector<note>& notes);

/// What is tested: the server's doors, the accounts on it, its provider's ways.
struct target {
    std::string name;     ///< for people; of URLs: the first URL without its user
    std::string provider; ///< whose built-in profile it has; empty: none's
    std::vector<endpoint> endpoints;
    std::vector<account> accounts;
    std::vector<extra_command> after_login;
    std::vector<note> notes;
    std::string login_with; ///< "PLAIN", "LOGIN", "SCRAM-SHA-256", "command" (LOGIN, USER); empty: the best announced

    /// The account that plays that role: the one named so, else by order of listing: alice the first, bob the
    /// second, carol the third among those without a role. Null: the target has none.
    const account* plays(std::string_view role) const;
    bool has(wire::protocol p) const;
};

/// Reads URLs such as `imap://alice@127.0.0.1:11143?tls=none&ca=FILE&verify=no&disposable=yes`.
///
/// Schemes: imap 143, imaps 993, pop3 110, pop3s 995, smtp 25, submission 587, submissions 465, lmtp 24,
/// managesieve 4190. The default of `tls` is implicit for those ending in s, starttls for imap, pop3, submission
/// and managesieve, none for smtp and lmtp. Also `auth=MECHANISM`, `role=bob`, `address=alice@host`, and where secrets
/// come from: `password-env=`, `token-command=` and so on. The same user in several URLs is one account; a password
/// that none of them speaks of comes from password_from. `provider:163/alice@163.com` has the doors of a profile
/// (provider.hpp).
/// Faults   one sentence: bad scheme, bad port, unknown option or provider, a password in the URL.
std::variant<target, std::string> target_from_urls(const std::vector<std::string>& urls,
                                                   const secret_source& password_from);

/// Reads a target file by strict rules; the fault is ready to be shown, with file:line:column and a caret.
std::variant<target, std::string> target_from_file(std::string_view file, std::string_view xml);

/// How secrets are fetched; each gives nothing when it fails, the command says why.
struct secret_world {
    std::function<std::optional<std::string>(const std::string&)> environment, file;
    std::function<std::variant<std::string, no_secret>(const std::string&)> command;
    std::function<std::optional<std::string>(const std::string&)> prompt;
};

/// The real one, but for the prompt, which the caller knows how to make.
secret_world system_secrets(std::function<std::optional<std::string>(const std::string& question)> prompt);

/// Fetches every password and token of the target once. Gives the sentence that says what failed.
std::optional<std::string> resolve_secrets(target& of, const secret_world& world);

} // namespace mailspec::run
