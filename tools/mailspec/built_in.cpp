#include "tools/mailspec/built_in.hpp"

#include "harness/serve/store.hpp"
#include "harness/wire/sasl/mechanism.hpp"
#include "reports/escape.hpp"

#include <fmt/format.h>

#include <string_view>

namespace mailspec::tools {
namespace {

using kind = run::secret_source::kind;

std::string attribute(std::string_view name, std::string_view value) {
    return fmt::format(" {}=\"{}\"", name, reports::xml_attribute(value));
}

std::string_view display(run::security tls) {
    switch (tls) {
    case run::security::implicit: return "implicit";
    case run::security::starttls: return "starttls";
    case run::security::none: break;
    }
    return "none";
}

/// The doors as a profile has them, at our ports.
std::vector<run::endpoint> doors_like(const run::target& profile, const std::vector<run::endpoint>& ours) {
    if (profile.endpoints.empty())
        return ours;
    std::vector<run::endpoint> doors;
    for (const auto& wanted : profile.endpoints)
        for (const auto& door : ours)
            if (door.protocol == wanted.protocol &&
                (door.tls == run::security::implicit) == (wanted.tls == run::security::implicit)) {
                doors.push_back(door);
                doors.back().tls = wanted.tls;
            }
    return doors;
}

std::string endpoint_element(const run::endpoint& door) {
    std::string out = fmt::format("  <{}{}{}{}", wire::to_string(door.protocol), attribute("host", door.host),
                                  attribute("port", std::to_string(door.port)), attribute("tls", display(door.tls)));
    if (!door.ca_file.empty())
        out += attribute("ca", door.ca_file) + attribute("server-name", door.name);
    return out + "/>\n";
}

std::string address_of(const serve::options::user& user) {
    if (user.name.find('@') != std::string::npos)
        return user.name;
    return user.name + "@" + std::string(serve::store::domain);
}

/// What the provider wants after login, and what people must know.
std::string ways_of(const run::target& profile) {
    std::string out;
    for (const auto& each : profile.after_login)
        out += "  <after-login" + attribute("protocol", wire::to_string(each.protocol)) + ">" +
               reports::xml_text(each.line) + "</after-login>\n";
    for (const auto& each : profile.notes)
        out += "  <note" + (each.source.empty() ? "" : attribute("source", each.source)) +
               (each.when.empty() ? "" : attribute("when", each.when)) + ">" + reports::xml_text(each.text) +
               "</note>\n";
    return out;
}

} // namespace

std::string built_in::start() {
    if (auto fault = server_.start(); !fault.empty())
        return fault;
    if (!server_.ca_certificate().empty())
        ca_file_ = files_.add("ca.pem", server_.ca_certificate());
    return {};
}

std::vector<run::endpoint> built_in::endpoints() const {
    std::vector<run::endpoint> doors;
    for (const auto& at : server_.endpoints()) {
        const auto tls = at.implicit_tls ? run::security::implicit : run::security::none;
        doors.push_back({at.protocol, at.host, at.port, tls, run::verification::full, ca_file_, "localhost"});
    }
    return doors;
}

run::target built_in::target() const { return target_of(endpoints(), server_.users()); }

run::target target_of(std::vector<run::endpoint> doors, const std::vector<serve::options::user>& users) {
    run::target t;
    t.name = "the built-in server";
    t.endpoints = std::move(doors);
    for (const auto& user : users) {
        run::account a;
        a.user = user.name;
        a.address = address_of(user);
        a.password_from = {kind::given, user.password};
        a.token_from = {kind::given, user.token};
        a.password = user.password;
        a.token = user.token;
        a.inbox = run::disposal::disposable;
        t.accounts.push_back(std::move(a));
    }
    return t;
}

std::string built_in::target_file(const run::target& profile) {
    const bool by_token = wire::sasl::takes_token(profile.login_with);
    std::string out =
        "<target xmlns=\"urn:mailspec:target:1\"" +
        attribute("name", profile.name.empty() ? "mailspec serve" : "mailspec serve, playing " + profile.name) +
        (profile.login_with.empty() ? "" : attribute("auth", profile.login_with)) + ">\n";
    for (const auto& door : doors_like(profile, endpoints()))
        out += endpoint_element(door);
    std::size_t number = 0;
    for (const auto& user : server_.users()) {
        ++number;
        out += "  <account" + attribute("user", user.name) + attribute("address", address_of(user)) +
               attribute("disposable", "yes");
        if (!by_token)
            out += attribute("password-file", files_.add(fmt::format("password-{}", number), user.password + "\n"));
        if (!user.token.empty())
            out += attribute("token-file", files_.add(fmt::format("token-{}", number), user.token + "\n"));
        out += "/>\n";
    }
    return out + ways_of(profile) + "</target>\n";
}

} // namespace mailspec::tools
