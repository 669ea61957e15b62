#include "tools/mailspec/built_in.hpp"

#include "harness/serve/store.hpp"

#include <fmt/format.h>

#include <string_view>

namespace mailspec::tools {
namespace {

using kind = run::secret_source::kind;

std::string_view shown(run::security s) {
    switch (s) {
    case run::security::none: return "none";
    case run::security::starttls: return "starttls";
    case run::security::implicit: break;
    }
    return "implicit";
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

run::target built_in::target() const {
    run::target t;
    t.name = "the built-in server";
    t.endpoints = endpoints();
    for (const auto& user : server_.users()) {
        run::account a;
        a.user = user.name;
        a.address = user.name + "@" + std::string(serve::store::domain);
        a.password_from = {kind::given, user.password};
        a.token_from = {kind::given, user.token};
        a.inbox = run::disposal::disposable;
        t.accounts.push_back(std::move(a));
    }
    return t;
}

} // namespace mailspec::tools
