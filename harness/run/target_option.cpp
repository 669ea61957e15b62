#include "harness/run/target_option.hpp"

#include "harness/match/functions.hpp"
#include "harness/match/near_name.hpp"
#include "harness/wire/sasl/mechanism.hpp"

#include <algorithm>
#include <array>

namespace mailspec::run {
namespace {

using kind = secret_source::kind;

constexpr std::string_view no_password = "a password does not belong in a target, where others can read it; give it by "
                                         "MAILSPEC_PASSWORD, --password-file, --password-command or at the prompt";

int hex(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
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
        throw bad_url{"auth is " + wire::sasl::known_mechanisms_text() + ", APOP or command, not \"" +
                      std::string(value) + "\""};
    return std::string(value);
}

std::string read_role(std::string_view value) {
    if (!match::is_role(value))
        throw bad_url{"role is alice, bob or carol, not \"" + std::string(value) + "\""};
    return std::string(value);
}

std::string read_address(std::string_view value) {
    const auto at = value.find('@');
    if (at == 0 || at >= value.size() - 1 || value.find_first_of("<>\t\r\n") != std::string_view::npos)
        throw bad_url{"address is a mail address, as in alice@example.org"};
    return std::string(value);
}

struct option {
    std::string_view name;
    option_scope least; ///< profile: all have it
    void (*read)(std::string_view name, const std::string& value, one_url& into);
};

template <secret_source account::*Which, kind From>
void read_secret(std::string_view name, const std::string& value, one_url& into) {
    if (value.empty())
        throw bad_url{std::string(name) + " is empty"};
    into.who.*Which = {From, value};
}

constexpr std::array<option, 14> options{{
    {"tls", option_scope::url, [](auto, auto& v, auto& into) { into.door.tls = read_tls(v); }},
    {"ca", option_scope::url, [](auto, auto& v, auto& into) { into.door.ca_file = v; }},
    {"verify", option_scope::url,
     [](auto n, auto& v, auto& into) { into.door.verify = read_yes(n, v) ? verification::full : verification::none; }},
    {"server-name", option_scope::url, [](auto, auto& v, auto& into) { into.door.name = v; }},
    {"disposable", option_scope::profile,
     [](auto n, auto& v, auto& into) {
         into.who.inbox = read_yes(n, v) ? disposal::disposable : disposal::keep;
         into.disposable_said = true;
     }},
    {"auth", option_scope::profile, [](auto, auto& v, auto& into) { into.login_with = read_auth(v); }},
    {"role", option_scope::profile, [](auto, auto& v, auto& into) { into.who.role = read_role(v); }},
    {"address", option_scope::profile, [](auto, auto& v, auto& into) { into.who.address = read_address(v); }},
    {"password-env", option_scope::profile, read_secret<&account::password_from, kind::environment>},
    {"password-file", option_scope::profile, read_secret<&account::password_from, kind::file>},
    {"password-command", option_scope::profile, read_secret<&account::password_from, kind::command>},
    {"token-env", option_scope::profile, read_secret<&account::token_from, kind::environment>},
    {"token-file", option_scope::profile, read_secret<&account::token_from, kind::file>},
    {"token-command", option_scope::profile, read_secret<&account::token_from, kind::command>},
}};

bool is_for(option_scope which, const option& o) {
    return which == option_scope::url || o.least == option_scope::profile;
}

[[noreturn]] void refuse_option(std::string_view name, option_scope of) {
    if (name == "password" || name == "token")
        throw bad_url{std::string(no_password)};
    std::vector<std::string_view> known;
    std::string all;
    for (const auto& o : options)
        if (is_for(of, o)) {
            known.push_back(o.name);
            all += (all.empty() ? "" : &o == &options.back() ? " and " : ", ") + std::string(o.name);
        }
    throw bad_url{"there is no option \"" + std::string(name) + "\"" + match::did_you_mean(name, known) +
                  "; there are " + all};
}

} // namespace

std::string_view take(std::string_view& from, char separator) {
    const auto at = from.find(separator);
    const auto head = from.substr(0, at);
    from.remove_prefix(at == std::string_view::npos ? from.size() : at + 1);
    return head;
}

std::string percent_decode(std::string_view s) {
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

std::string read_user(std::string_view text) {
    if (text.find(':') != std::string_view::npos)
        throw bad_url{std::string(no_password)};
    auto user = percent_decode(text);
    if (user.find_first_of("\t\r\n") != std::string::npos || user.find('\0') != std::string::npos)
        throw bad_url{"the user must be one line without tabs"};
    return user;
}

void read_options(std::string_view text, option_scope of, one_url& into) {
    while (!text.empty()) {
        auto value = take(text, '&');
        const auto name = take(value, '=');
        const auto* known =
            std::find_if(options.begin(), options.end(), [&](const option& o) { return o.name == name; });
        if (known == options.end() || !is_for(of, *known))
            refuse_option(name, of);
        known->read(name, percent_decode(value), into);
    }
}

} // namespace mailspec::run
