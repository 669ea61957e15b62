#include "harness/run/provider.hpp"
#include "harness/run/target_option.hpp"
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
        into.host = percent_decode(take(text, ':'));
        if (text.data() && !text.empty())
            into.port = read_port(text);
    }
    if (into.host.empty())
        throw bad_url{"the host is missing"};
    if (into.host.find_first_of("&=") != std::string::npos)
        throw bad_url{"its first option follows ?, as in ?tls=none&disposable=yes"};
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
        out.who.user = read_user(authority.substr(0, at));
        authority.remove_prefix(at + 1);
    }
    read_host(authority, out.door);
    read_options(options, option_scope::url, out);
    if (out.door.port == 0)
        out.door.port = default_port(out.door.protocol, out.door.tls);
    return out;
}

/// Reads provider:NAME/USER, the options behind it included; gives the name.
std::string read_account_at(std::string_view url, one_url& into) {
    auto options = url.substr(provider_scheme.size());
    auto user = take(options, '?');
    const auto name = take(user, '/');
    if (const auto profile = profile_of(name); const auto* why = std::get_if<std::string>(&profile))
        throw bad_url{*why};
    if (user.empty())
        throw bad_url{"it names no account; that is provider:" + std::string(name) + "/alice@example.org"};
    into.who.user = read_user(user);
    const auto at = into.who.user.find('@');
    if (at == 0 || at >= into.who.user.size() - 1 || into.who.user.find_first_of("<> ") != std::string::npos)
        throw bad_url{"the account is a mail address, as in provider:" + std::string(name) + "/alice@example.org"};
    read_options(options, option_scope::profile, into);
    return std::string(name);
}

/// What may be shown of a target: neither its user nor a password that somebody put there.
std::string without_user(std::string_view url) {
    const auto whole = url.substr(0, url.find('?'));
    if (is_provider(url))
        return std::string(whole.substr(0, whole.find('/')));
    const auto from = whole.find("://");
    const auto at = whole.rfind('@');
    if (from == std::string_view::npos || at == std::string_view::npos || at < from)
        return std::string(whole.substr(0, whole.find('&')));
    const auto host = whole.substr(at + 1);
    return std::string(whole.substr(0, from + 3)).append(host.substr(0, host.find('&')));
}

void merge_account(target& into, one_url& one) {
    if (one.who.user.empty())
        return;
    const auto known = std::find_if(into.accounts.begin(), into.accounts.end(), [&](const account& a) {
        return a.user == one.who.user && (one.who.role.empty() || a.role.empty() || a.role == one.who.role);
    });
    if (known == into.accounts.end()) {
        into.accounts.push_back(std::move(one.who));
        return;
    }
    if (one.disposable_said)
        known->inbox = one.who.inbox;
    if (!one.who.role.empty())
        known->role = one.who.role;
    if (!one.who.address.empty())
        known->address = one.who.address;
    if (one.who.password_from.from != secret_source::kind::none)
        known->password_from = one.who.password_from;
    if (one.who.token_from.from != secret_source::kind::none)
        known->token_from = one.who.token_from;
}

void merge_profile(target& into, std::string_view name) {
    if (into.provider == name)
        return;
    if (!into.provider.empty())
        throw bad_url{"a target is of one provider, and provider:" + into.provider + " is given already"};
    auto profile = std::get<target>(profile_of(name));
    into.provider = name;
    into.endpoints.insert(into.endpoints.end(), profile.endpoints.begin(), profile.endpoints.end());
    into.after_login = std::move(profile.after_login);
    into.notes = std::move(profile.notes);
    if (into.login_with.empty())
        into.login_with = std::move(profile.login_with);
}

void add(target& into, std::string_view url) {
    one_url one;
    if (is_provider(url)) {
        const auto name = read_account_at(url, one);
        merge_profile(into, name);
    } else {
        one = read_url(url);
        into.endpoints.push_back(one.door);
    }
    if (!one.login_with.empty())
        into.login_with = one.login_with;
    merge_account(into, one);
    if (into.name.empty())
        into.name = without_user(url);
}

/// Accounts that say nothing of a password have the common one. Nobody is asked for it who logs in with a token.
std::optional<std::string> settle_secrets(target& of, const secret_source& password_from) {
    using kind = secret_source::kind;
    const bool by_token = wire::sasl::takes_token(of.login_with);
    for (auto& each : of.accounts) {
        const bool has_token = each.token_from.from != kind::none;
        if (by_token && !has_token)
            return "the target " + of.name + ": logging in with " + of.login_with + " takes a token: add " +
                   "?token-command=COMMAND, token-file=FILE or token-env=NAME";
        if (each.password_from.from == kind::none && !(has_token && (by_token || password_from.from == kind::prompt)))
            each.password_from = password_from;
    }
    return std::nullopt;
}

} // namespace

std::variant<target, std::string> target_from_urls(const std::vector<std::string>& urls,
                                                   const secret_source& password_from) {
    target out;
    for (const auto& url : urls)
        try {
            add(out, url);
        } catch (const bad_url& bad) {
            return "the target " + without_user(url) + ": " + bad.why;
        }
    if (out.endpoints.empty())
        return std::string("no target is given");
    if (auto why = settle_secrets(out, password_from))
        return *why;
    return out;
}

} // namespace mailspec::run
