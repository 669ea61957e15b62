#pragma once

#include "tools/mailspec/arguments.hpp"

#include "reports/console.hpp"

#include <iosfwd>

namespace mailspec::tools {

/// What a subcommand talks to; only main() makes a real one.
struct world {
    std::ostream& out;
    std::ostream& err;
    reports::console_options look; ///< of `out`
};

// Each gives the exit status of design.md section 5.
int run_command(const run_arguments& how, const world& to);
int audit_command(const audit_arguments& how, const world& to);
int ask_command(const ask_arguments& how, const world& to);
int list_command(const list_arguments& how, const world& to);
int show_command(const show_arguments& how, const world& to);
int lint_command(const lint_arguments& how, const world& to);
int requirements_command(const requirements_arguments& how, const world& to);
int providers_command(const world& to);
int clean_command(const clean_arguments& how, const world& to);
int serve_command(const serve_arguments& how, const world& to);

constexpr int exit_done = 0;
constexpr int exit_bad_usage = 2;
constexpr int exit_undecided = 3;
constexpr int exit_broken = 4;
constexpr int exit_interrupted = 130;

} // namespace mailspec::tools
