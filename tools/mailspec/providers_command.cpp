#include "tools/mailspec/commands.hpp"

#include "harness/run/provider.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

namespace mailspec::tools {
namespace {

constexpr std::size_t widest = 100;

std::string_view display(run::security tls) {
    switch (tls) {
    case run::security::implicit: return "TLS";
    case run::security::starttls: return "STARTTLS";
    case run::security::none: break;
    }
    return "no TLS";
}

/// The words in lines of that width, each behind so many blanks.
std::string wrapped(std::string_view words, std::size_t indent) {
    std::string out, line;
    const auto end_line = [&] {
        out += std::string(indent, ' ') + line + "\n";
        line.clear();
    };
    while (!words.empty()) {
        const auto word = words.substr(0, words.find(' '));
        words.remove_prefix(std::min(words.size(), word.size() + 1));
        if (!line.empty() && indent + line.size() + 1 + word.size() > widest)
            end_line();
        line.append(line.empty() ? "" : " ").append(word);
    }
    end_line();
    return out;
}

std::string describe(std::string_view name, const run::target& profile) {
    std::string out = fmt::format("{}\n", name);
    for (const auto& door : profile.endpoints)
        out += fmt::format("  {:<11} {} {}\n", wire::to_string(door.protocol), door.show(), display(door.tls));
    if (!profile.login_with.empty())
        out += fmt::format("  {:<11} {}\n", "login", profile.login_with);
    for (const auto& each : profile.after_login)
        out += fmt::format("  {:<11} {}: {}\n", "after login", wire::to_string(each.protocol), each.line);
    for (const auto& each : profile.notes) {
        out += wrapped(each.when.empty() ? each.text : "\"" + each.when + "\": " + each.text, 2);
        if (!each.source.empty())
            out += "    " + each.source + "\n";
    }
    return out;
}

} // namespace

int providers_command(const world& to) {
    for (const auto name : run::provider_names())
        to.out << describe(name, std::get<run::target>(run::profile_of(name))) << "\n";
    to.out << "use: mailspec run --target provider:163/alice@163.com, with the password as for URLs\n";
    return exit_done;
}

} // namespace mailspec::tools
