#include "tools/mailspec/commands.hpp"
#include "tools/mailspec/scenarios.hpp"

#include <ostream>

namespace mailspec::tools {

int lint_command(const lint_arguments& how, const world& to) {
    const auto found = find_sources(how.files);
    if (const auto* fault = std::get_if<std::string>(&found)) {
        to.err << "mailspec: " << *fault << "\n";
        return exit_bad_usage;
    }
    const auto& sources = std::get<std::vector<scenario_source>>(found);
    const auto all = load_all(sources);
    for (const auto& error : all.errors)
        to.out << error.show();
    to.out << sources.size() << " scenarios, " << all.errors.size() << " errors\n";
    return all.errors.empty() ? exit_done : exit_bad_usage;
}

} // namespace mailspec::tools
