#include "tools/mailspec/commands.hpp"
#include "tools/mailspec/scenarios.hpp"

#include "harness/scenario/lint.hpp"

#include <ostream>

namespace mailspec::tools {
namespace {

std::string counted(std::size_t number, std::string_view what) {
    return std::to_string(number) + " " + std::string(what) + (number == 1 ? "" : "s");
}

} // namespace

int lint_command(const lint_arguments& how, const world& to) {
    const auto found = find_sources(how.files);
    if (const auto* fault = std::get_if<std::string>(&found)) {
        to.err << "mailspec: " << *fault << "\n";
        return exit_bad_usage;
    }
    const auto& sources = std::get<std::vector<scenario_source>>(found);
    if (sources.empty()) {
        to.err << "mailspec: no scenario lies below " << how.files.front() << "\n";
        return exit_bad_usage;
    }
    const auto all = load_all(sources);
    for (const auto& error : all.errors)
        to.out << printable(error.show());
    std::size_t warnings = 0;
    for (const auto& loaded : all.scenarios) {
        for (const auto& warning : scenario::lint(*loaded)) {
            to.out << printable(warning.show());
            ++warnings;
        }
    }
    to.out << counted(sources.size(), "scenario") << ", " << counted(all.errors.size(), "error") << ", "
           << counted(warnings, "warning") << "\n";
    return all.errors.empty() ? exit_done : exit_bad_usage;
}

} // namespace mailspec::tools
