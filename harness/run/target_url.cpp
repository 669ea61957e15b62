#include "harness/run/target.hpp"
#include "harness/wire/sasl/mechanism.hpp"

#include <algorithm>
#include <charconv>

namespace mailspec::run {
namespace {

using wire::protocol;

struct scheme {
    std::string_view name;
    protocol speaks;
    security tls;
};
constexpr scheme schemes[] = {
    {"imap", protocol::imap, security::starttls},
    {"imaps", protocol::imap, security::implicit},
    {"pop3", protocol::pop3, security::starttls},
    {"pop3s", protocol::pop3, security::implicit},
    {"smtp", protocol::smtp, security::none},
    {"submission", protocol::submission, security::starttls},
    {"submissions", protocol::submission, security::implicit},
    {"lmtp", protocol::lmtp, security::none},
    {"managesieve", protocol::managesieve, security::starttls},
};

/// One sentence about what is wrong in a URL; thrown inside this file only.
struct bad_url {
    std::string why;
};

int hex(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string decode(std::string_view s) {
    std::string out;
    for (std::size_t i = 0; i < s.size(); ++i) {
        if (s[i] != '%') {
            out += s[i];
            continue;
        }
        if (i + 2 >= s.size() || hex(s[i + 1]) < 0 || hex(s[i + 2]) < 0)
            throw bad_url{"a % must be followed by two hexadecimal digits"};
        out += static_cast<char>(hex(s[i + 1]) * 16 + hex(s[i + 2]));
        i += 2;
    }
    return out;
}

/// Splits off what stands before the separator; all of it where there is none.
std::string_view take(std::string_view& from, char separator) {
    const auto at = from.find(separator);
    const auto head = from.substr(0, at);
    from.remove_prefix(at == std::string_view::npos ? from.size() : at + 1);
    return head;
}

std::uint16_t read_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (failed != std::errc() || end != text.data() + text.size() || port == 0)
        throw bad_url{"the port must be a number from 1 to 65535, not \"" + std::string(text) + "\""};
    return port;
}

void read_host(std::string_view text, endpoint& into) {
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string_view::npos)
            throw bad_url{"the IPv6 address lacks its closing bracket"};
        into.host = text.substr(1, end - 1);
        text.remove_prefix(end + 1);
        if (text.starts_with(':'))
            into.port = read_port(text.substr(1));
        else if (!text.empty())
            throw bad_url{"after the IPv6 address only a port may follow"};
    } else {
        into.host = decode(take(text, ':'));
        if (text.data() && !text.empty())
            into.port = read_port(text);
    }
    if (into.host.empty())
        throw bad_url{"the host is missing"};
}

bool read_yes(std::string_view name, std::string_view value) {
    if (value == "yes" || value == "no")
        return value == "yes";
    throw bad_url{std::string(name) + " is yes or no, not \"" + std::string(value) + "\""};
}

security read_tls(std::string_view value) {
    if (value == "none")
        return security::none;
    if (value == "starttls")
        return security::starttls;
    if (value == "implicit")
        return security::implicit;
    throw bad_url{"tls is none, starttls or implicit, not \"" + std::string(value) + "\""};
}

std::string read_auth(std::string_view value) {
    const auto sasl = wire::sasl::known_mechanisms();
    if (value != "APOP" && value != "command" && std::find(sasl.begin(), sasl.end(), value) == sasl.end())
        throw bad_url{"auth is " + std::string(wire::sasl::known_mechanisms_text()) + ", APOP or command, not \"" +
                      std::string(value) + "\""};
    return std::string(value);
}

std::string read_role(std::string_view value) {
    if (value != "alice" && value != "bob" && value != "carol")
        throw bad_url{"role is alice, bob or carol, not \"" + std::string(value) + "\""};
    return std::string(value);
}

std::string read_address(std::string_view value) {
    const auto at = value.find('@');
    if (at == 0 || at >= value.size() - 1 || value.find_first_of("<>\t\r\n") != std::string_view::npos)
        throw bad_url{"address is a mail address, as in alice@example.org"};
    return std::string(value);
}

struct one_url {
    endpoint door;
    account who;
    bool disposable_said = false;
    std::string login_with;
};

void read_option(std::string_view name, const std::string& value, one_url& into) {
    if (name == "tls")
        into.door.tls = read_tls(value);
    else if (name == "ca")
        into.door.ca_file = value;
    else if (name == "verify")
        into.door.verify = read_yes(name, value) ? verification::full : verification::none;
    else if (name == "server-name")
        into.door.name = value;
    else if (name == "disposable") {
        into.who.inbox = read_yes(name, value) ? disposal::disposable : disposal::keep;
        into.disposable_said = true;
    } else if (name == "auth")
        into.login_with = read_auth(value);
    else if (name == "role")
        into.who.role = read_role(value);
    else if (name == "address")
        into.who.address = read_address(value);
    else if (name == "token-env")
        into.who.token_from = {secret_source::kind::environment, value};
    else if (name == "token-file")
        into.who.token_from = {secret_source::kind::file, value};
    else if (name == "token-command")
        into.who.token_from = {secret_source::kind::command, value};
    else
        throw bad_url{
            "there is no option \"" + std::string(name) +
            "\"; there are tls, ca, verify, server-name, disposable, auth, role, address, token-env, token-file "
            "and token-command"};
}

one_url read_url(std::string_view url) {
    one_url out;
    const auto colon = url.find("://");
    const auto name = url.substr(0, colon);
    const auto* known =
        std::find_if(std::begin(schemes), std::end(schemes), [&](const scheme& s) { return s.name == name; });
    if (colon == std::string_view::npos || known == std::end(schemes))
        throw bad_url{"it must begin with imap://, imaps://, pop3://, pop3s://, smtp://, submission://, "
                      "submissions://, lmtp:// or managesieve://"};
    out.door.protocol = known->speaks;
    out.door.tls = known->tls;
    auto options = url.substr(colon + 3);
    auto authority = take(options, '?');
    if (authority.ends_with('/'))
        authority.remove_suffix(1);
    if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
        const auto user = authority.substr(0, at);
        if (user.find(':') != std::string_view::npos)
            throw bad_url{"a password does not belong in a URL, where others can read it; give it by "
                          "MAILSPEC_PASSWORD, --password-file, --password-command or at the prompt"};
        out.who.user = decode(user);
        authority.remove_prefix(at + 1);
    }
    read_host(authority, out.door);
    while (!options.empty()) {
        auto value = take(options, '&');
        const auto option = take(value, '=');
        read_option(option, decode(value), out);
    }
    if (out.door.port == 0)
        out.door.port = default_port(out.door.protocol, out.door.tls);
    return out;
}

/// What may be shown of a URL: not its user, nor a password that somebody put there.
std::string without_user(std::string_view url) {
    const auto from = url.find("://");
    const auto end = url.find('?');
    const auto at = url.substr(0, end).rfind('@');
    if (from == std::string_view::npos || at == std::string_view::npos || at < from)
        return std::string(url.substr(0, end));
    return std::string(url.substr(0, from + 3)).append(url.substr(0, end).substr(at + 1));
}

void merge_account(target& into, one_url& one, const secret_source& password_from) {
    if (one.who.user.empty())
        return;
    const auto known = std::find_if(into.accounts.begin(), into.accounts.end(), [&](const account& a) {
        return a.user == one.who.user && (one.who.role.empty() || a.role.empty() || a.role == one.who.role);
    });
    if (known == into.accounts.end()) {
        one.who.password_from = password_from;
        into.accounts.push_back(std::move(one.who));
        return;
    }
    if (one.disposable_said)
        known->inbox = one.who.inbox;
    if (!one.who.role.empty())
        known->role = one.who.role;
    if (!one.who.address.empty())
        known->address = one.who.address;
    if (one.who.token_from.from != secret_source::kind::none)
        known->token_from = one.who.token_from;
}

} // namespace

std::variant<target, std::string> target_from_urls(const std::vector<std::string>& urls,
                                                   const secret_source& password_from) {
    target out;
    for (const auto& url : urls)
        try {
            auto one = read_url(url);
            out.endpoints.push_back(one.door);
            if (!one.login_with.empty())
                out.login_with = one.login_with;
            merge_account(out, one, password_from);
            if (out.name.empty())
                out.name = without_user(url);
        } catch (const bad_url& bad) {
            return "the target " + without_user(url) + ": " + bad.why;
        }
    if (out.endpoints.empty())
        return std::string("no target is given");
    return out;
}

} // namespace mailspec::run
