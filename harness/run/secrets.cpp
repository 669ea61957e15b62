#include "harness/run/target.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <utility>

namespace mailspec::run {
namespace {

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

std::optional<std::string> from_command(const std::string& command) {
    const auto close = [](std::FILE* f) { ::pclose(f); };
    std::unique_ptr<std::FILE, decltype(close)> pipe(::popen(command.c_str(), "re"), close);
    if (!pipe)
        return std::nullopt;
    std::string out;
    std::array<char, 512> piece;
    while (const auto got = std::fread(piece.data(), 1, piece.size(), pipe.get()))
        out.append(piece.data(), got);
    if (::pclose(pipe.release()) != 0)
        return std::nullopt;
    return first_line(std::move(out));
}

/// Fills `into` from its source. Gives the sentence that says what failed.
std::optional<std::string> fetch(const secret_source& source, const std::string& what, const secret_world& world,
                                 std::string& into) {
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
        got = world.command(source.what);
        failed = "the command for it failed: " + source.what;
        break;
    case kind::prompt:
        got = world.prompt(what + ": ");
        failed = "there is no terminal to ask for it";
        break;
    }
    if (!got)
        return "no " + what + ": " + failed;
    into = *got;
    return std::nullopt;
}

} // namespace

secret_world system_secrets(std::function<std::optional<std::string>(const std::string& question)> prompt) {
    return {from_environment, from_file, from_command, std::move(prompt)};
}

std::optional<std::string> resolve_secrets(target& of, const secret_world& world) {
    for (auto& each : of.accounts) {
        if (auto why = fetch(each.password_from, "password for " + each.user, world, each.password))
            return why;
        if (auto why = fetch(each.token_from, "token for " + each.user, world, each.token))
            return why;
    }
    return std::nullopt;
}

} // namespace mailspec::run
