#include "harness/scenario/target_file.hpp"

#include "harness/run/target.hpp"

namespace mailspec::run {
namespace {

security security_of(scenario::tls_choice t) {
    switch (t) {
    case scenario::tls_choice::starttls: return security::starttls;
    case scenario::tls_choice::implicit: return security::implicit;
    case scenario::tls_choice::none:
    case scenario::tls_choice::as_target: break;
    }
    return security::none;
}

endpoint endpoint_of(const scenario::target_file::endpoint& e) {
    endpoint out;
    out.protocol = e.protocol;
    out.host = e.host;
    out.tls = e.tls ? security_of(*e.tls) : default_security(e.protocol);
    out.port = e.port != 0 ? e.port : default_port(e.protocol, out.tls);
    out.verify =
        e.verify == scenario::target_file::endpoint::verification::none ? verification::none : verification::full;
    out.ca_file = e.ca;
    out.name = e.server_name;
    return out;
}

secret_source source_of(const scenario::target_file::secret& s) {
    using from = scenario::target_file::secret::source;
    using kind = secret_source::kind;
    switch (s.from) {
    case from::none: break;
    case from::given: return {kind::given, s.what};
    case from::environment: return {kind::environment, s.what};
    case from::file: return {kind::file, s.what};
    case from::command: return {kind::command, s.what};
    case from::prompt: return {kind::prompt, {}};
    }
    return {};
}

account account_of(const scenario::target_file::account& a) {
    account out;
    out.role = a.role;
    out.user = a.user;
    out.address = a.address;
    out.inbox = a.mail == scenario::target_file::account::inbox::disposable ? disposal::disposable : disposal::keep;
    out.password_from = source_of(a.password);
    out.token_from = source_of(a.token);
    return out;
}

} // namespace

std::variant<target, std::string> target_from_file(std::string_view file, std::string_view xml) {
    auto loaded = scenario::load_target(file, xml);
    if (const auto* why = std::get_if<scenario::load_error>(&loaded))
        return why->show();
    const auto& from = std::get<scenario::target_file>(loaded);
    target out;
    out.name = from.name.empty() ? std::string(file) : from.name;
    out.login_with = from.auth;
    for (const auto& each : from.endpoints)
        out.endpoints.push_back(endpoint_of(each));
    for (const auto& each : from.accounts)
        out.accounts.push_back(account_of(each));
    for (const auto& each : from.after_login)
        out.after_login.push_back({each.protocol, each.line});
    for (const auto& each : from.notes)
        out.notes.push_back({each.text, each.source, each.when});
    return out;
}

} // namespace mailspec::run
