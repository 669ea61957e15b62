#include "harness/run/target.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <utility>

namespace mailspec::run {
namespace {

/// Somebody may have to unlock something first.
constexpr std::chrono::seconds most_for_a_command{60};

std::string first_line(std::string s) {
    s.resize(std::min(s.find_first_of("\r\n"), s.size()));
    return s;
}

std::optional<std::string> from_environment(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    return value ? std::optional<std::string>(value) : std::nullopt;
}

std::optional<std::string> from_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::string line;
    if (!in || !std::getline(in, line))
        return std::nullopt;
    return first_line(std::move(line));
}

/// Fills `into` from its source. Gives the sentence that says what failed.
std::optional<std::string> fetch(const secret_source& source, const std::string& secret, const std::string& user,
                                 const secret_world& world, std::string& into) {
    const auto what = secret + " for " + user;
    using kind = secret_source::kind;
    std::optional<std::string> got;
    std::string failed;
    switch (source.from) {
    case kind::none: return std::nullopt;
    case kind::given: got = source.what; break;
    case kind::environment:
        got = world.environment(source.what);
        failed = "the environment variable " + source.what + " is not set";
        break;
    case kind::file:
        got = world.file(source.what);
        failed = "the file " + source.what + " cannot be read";
        break;
    case kind::command:
        if (auto printed = world.command(source.what); auto* text = std::get_if<std::string>(&printed))
            got = std::move(*text);
        else
            failed = "the command of " + secret + "-command " + std::get<no_secret>(printed).why;
        break;
    case kind::prompt:
        got = world.prompt(what + ": ");
        failed = "there is no terminal to ask for it";
        break;
    }
    if (got && got->empty())
        failed = source.from == kind::environment ? "the environment variable " + source.what + " is empty"
                 : source.from == kind::file      ? "the first line of the file " + source.what + " is empty"
                                                  : "nothing was entered";
    if (!got || got->empty())
        return "no " + what + ": " + failed;
    into = *got;
    return std::nullopt;
}

} // namespace

secret_world system_secrets(std::function<std::optional<std::string>(const std::string& question)> prompt) {
    const auto command = [](const std::string& c) { return run_secret_command(c, most_for_a_command); };
    return {from_environment, from_file, command, std::move(prompt)};
}

std::optional<std::string> resolve_secrets(target& of, const secret_world& world) {
    for (auto& each : of.accounts) {
        if (auto why = fetch(each.password_from, "password", each.user, world, each.password))
            return why;
        if (auto why = fetch(each.token_from, "token", each.user, world, each.token))
            return why;
    }
    return std::nullopt;
}

} // namespace mailspec::run
