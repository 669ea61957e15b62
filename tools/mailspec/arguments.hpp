#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace mailspec::tools {

/// How much the console says.
enum class detail { quiet, normal, verbose };

/// Which scenarios are meant; the same for each subcommand that takes scenarios.
struct scenario_choice {
    std::vector<std::string> ids; ///< ids, folders, globs; empty: all
    std::vector<std::string> tags, protocols, excluded;
    std::vector<std::string> from; ///< --scenarios: folders and files; empty: the bundled ones
};

/// A report of a run, besides the console.
struct run_report {
    enum class format { junit, html, json } kind;
    std::string file; ///< "-": standard output
};

/// `mailspec run`
struct run_arguments {
    scenario_choice which;
    std::vector<std::string> targets; ///< a file, or URLs; empty: the built-in server
    std::optional<std::size_t> jobs;
    std::size_t times = 1;
    std::chrono::milliseconds timeout{10000};
    std::vector<run_report> reports;
    std::string baseline; ///< a JSON result; empty: none
    bool strict = false;
    std::string password_file, password_command;
    detail how_much = detail::normal;
};

/// `mailspec ask`
struct ask_arguments {
    enum class format { json, markdown };
    struct report {
        format kind;
        std::string file; ///< "-": standard output
    };
    scenario_choice which;
    std::vector<std::string>
        targets;          ///< each a column: a file, or URLs with blanks between; empty: the built-in server
    std::size_t jobs = 1; ///< one at a time: what takes seconds is measured
    std::chrono::milliseconds timeout{10000};
    std::vector<report> reports;
    std::string password_file, password_command;
};

/// `mailspec audit`
struct audit_arguments {
    std::vector<std::string> files;
    std::string protocol; ///< empty: the greetings tell
    std::vector<run_report> reports;
    bool strict = false;
    detail how_much = detail::normal;
};

/// `mailspec list`
struct list_arguments {
    scenario_choice which;
    bool tags_only = false;
};

/// `mailspec show`
struct show_arguments {
    std::string id;
    std::vector<std::string> from;
};

/// `mailspec lint`
struct lint_arguments {
    std::vector<std::string> files; ///< files and folders
};

/// `mailspec clean`
struct clean_arguments {
    std::vector<std::string> targets;
    std::chrono::milliseconds timeout{10000};
    std::string password_file, password_command;
    std::chrono::milliseconds older_than{3600000}; ///< runs of elsewhere that began so long ago have ended
    bool dry_run = false;
};

/// `mailspec serve`
struct serve_arguments {
    std::uint16_t first_port = 0; ///< 0: free ports
    std::vector<std::string> mischief;
    std::vector<std::string> users;
    bool list_mischief = false;
    std::string provider; ///< whose demands it makes; empty: nobody's
};

/// `mailspec requirements`
struct requirements_arguments {
    std::vector<std::string> rfcs, levels, states; ///< "3501", "MUST NOT", "open"; empty: all
    enum class format { text, json, markdown } as = format::text;
};

/// `mailspec providers`
struct providers_arguments {};

/// Nothing is to be done but to print a text and to leave: --help, --version, bad usage.
struct told {
    std::string text;
    int status = 0; ///< 0: for standard output; else for standard error
};

using arguments =
    std::variant<told, run_arguments, audit_arguments, ask_arguments, list_arguments, show_arguments, lint_arguments,
                 clean_arguments, serve_arguments, requirements_arguments, providers_arguments>;

/// Reads the command line. Faults: told, with status 2 and a sentence, and what was probably meant.
arguments parse(const std::vector<std::string>& words);

/// "10s", "500ms", "2m", "1h" as a time; nothing for anything else, and for 0.
std::optional<std::chrono::milliseconds> parse_duration(const std::string& text);

} // namespace mailspec::tools
