#include "tools/mailspec/target_choice.hpp"

#include "tools/mailspec/files.hpp"
#include "tools/mailspec/prompt.hpp"

#include "harness/net/tls_layer.hpp"
#include "harness/run/provider.hpp"

#include <algorithm>
#include <cstdlib>

namespace mailspec::tools {
namespace {

using fault = std::string;

bool is_url(const std::string& target) { return run::is_provider(target) || target.find("://") != std::string::npos; }

run::secret_source password_source(const run_arguments& how) {
    using kind = run::secret_source::kind;
    if (!how.password_file.empty())
        return {kind::file, how.password_file};
    if (!how.password_command.empty())
        return {kind::command, how.password_command};
    if (std::getenv("MAILSPEC_PASSWORD") != nullptr)
        return {kind::environment, "MAILSPEC_PASSWORD"};
    return {kind::prompt, ""};
}

/// Somebody forgot what a provider's target begins with.
std::string meant_provider(const std::string& file) {
    const auto known = run::provider_names();
    const bool meant = file.find('@') != std::string::npos &&
                       std::ranges::find(known, std::string_view(file).substr(0, file.find('/'))) != known.end();
    return meant ? "; did you mean provider:" + file + "?" : "";
}

std::variant<run::target, fault> read_target(const run_arguments& how) {
    if (std::ranges::all_of(how.targets, is_url))
        return run::target_from_urls(how.targets, password_source(how));
    if (how.targets.size() > 1)
        return "--target takes one target file, or URLs, not both: " + *std::ranges::find_if_not(how.targets, is_url);
    if (!how.password_file.empty() || !how.password_command.empty())
        return "--password-file and --password-command are for URLs; a target file says itself where its passwords are";
    const auto& file = how.targets.front();
    auto xml = read_file(file);
    if (const auto* why = std::get_if<fault>(&xml))
        return *why + meant_provider(file);
    return run::target_from_file(file, std::get<contents>(xml).octets);
}

/// Without its authorities no connection with TLS comes about. Empty: they can be read.
fault bad_authorities(const run::target& of) {
    for (const auto& door : of.endpoints)
        if (const auto read = door.ca_file.empty() ? net::result() : net::tls_layer::try_authorities(door.ca_file);
            !read)
            return "the target " + of.name + ": " + read.sentence;
    return {};
}

bool asks(const run::target& t) {
    return std::ranges::any_of(t.accounts,
                               [](const auto& a) { return a.password_from.from == run::secret_source::kind::prompt; });
}

} // namespace

std::variant<run::target, fault> target_from(const run_arguments& how) {
    auto target = read_target(how);
    if (auto* t = std::get_if<run::target>(&target)) {
        if (auto why = bad_authorities(*t); !why.empty())
            return why;
        run::add_known_notes(*t);
        if (const auto why = run::resolve_secrets(*t, run::system_secrets(ask_secret)))
            return *why + (asks(*t) ? "; set MAILSPEC_PASSWORD, or give --password-file or --password-command" : "");
    }
    return target;
}

} // namespace mailspec::tools
