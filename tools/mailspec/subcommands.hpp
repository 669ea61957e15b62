#pragma once

#include "tools/mailspec/arguments.hpp"

namespace CLI {
class App;
}

namespace mailspec::tools {

/// What every subcommand would be told; only the chosen one's part is filled in.
struct everything {
    run_arguments run;
    audit_arguments audit;
    ask_arguments ask;
    list_arguments list;
    show_arguments show;
    lint_arguments lint;
    clean_arguments clean;
    serve_arguments serve;
    requirements_arguments requirements;
};

/// Tells the parser every subcommand with its options, which are read into `all`.
void describe(CLI::App& app, everything& all);

} // namespace mailspec::tools
