#include "tools/mailspec/arguments.hpp"

#include "harness/match/near_name.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace mailspec::tools {
namespace {

constexpr int bad_usage = 2;
constexpr std::string_view footer = R"(exit status of run:
  0 all conform, deviate or are unsupported   1 a MUST was broken   2 bad usage, bad scenario, nothing selected
  3 something could not be judged   4 mailspec itself failed   130 interrupted, with the report written)";

constexpr std::string_view where_passwords_are =
    "The password of URLs comes from MAILSPEC_PASSWORD, --password-file, --password-command or a prompt.\n\n";

/// One file: "junit:FILE". The console is there anyway.
std::string take_report(const std::string& value, std::vector<std::string>& files) {
    static constexpr std::string_view prefix = "junit:";
    if (value == "console")
        return {};
    if (!value.starts_with(prefix) || value.size() == prefix.size())
        return "'" + value + "' is no report: junit:FILE (- for standard output) or console";
    files.push_back(value.substr(prefix.size()));
    return {};
}

using time_reader = std::optional<std::chrono::milliseconds> (*)(const std::string&);

void add_time(CLI::App& to, const std::string& name, std::chrono::milliseconds& into, time_reader read,
              const std::string& what) {
    to.add_option_function<std::string>(
          name,
          [name, read, &into](const std::string& text) {
              const auto time = read(text);
              if (!time)
                  throw CLI::ValidationError(name, "'" + text + "' is no time: 10s, 500ms, 2m");
              into = *time;
          },
          what)
        ->type_name("TIME");
}

void add_choice(CLI::App& to, scenario_choice& which) {
    to.add_option("scenario", which.ids, "ids, folders or globs (* in a folder, ** across): imap/fetch, **/greeting")
        ->type_name("ID");
    to.add_option("--tag", which.tags, "only scenarios with this tag")->allow_extra_args(false)->type_name("NAME");
    to.add_option("--protocol", which.protocols, "only scenarios that speak this protocol: imap, pop3, smtp ...")
        ->allow_extra_args(false)
        ->type_name("NAME");
    to.add_option("--exclude", which.excluded, "leave out an id, folder or glob, or tag:NAME")
        ->allow_extra_args(false)
        ->type_name("ID");
    to.add_option("--scenarios", which.from, "a folder of scenarios or one file, instead of the bundled ones")
        ->allow_extra_args(false)
        ->type_name("PATH");
}

/// The options of every subcommand that goes to a server.
template <typename Arguments> void add_reach(CLI::App& to, Arguments& how) {
    auto* file = to.add_option("--password-file", how.password_file, "its first line is the password of the URLs' user")
                     ->type_name("FILE");
    to.add_option("--password-command", how.password_command, "its first line of output is the password")
        ->excludes(file)
        ->type_name("COMMAND");
    add_time(to, "--timeout", how.timeout, parse_duration, "of connecting and of each answer (10s)");
}

void add_run(CLI::App& app, run_arguments& run) {
    auto& to = *app.add_subcommand("run", "replays scenarios against a server and judges its answers");
    add_choice(to, run.which);
    to.add_option(
          "--target", run.targets,
          "a target file, URLs such as imaps://alice@host (again for each protocol), or provider:NAME/USER; the "
          "built-in server without")
        ->allow_extra_args(false)
        ->type_name("FILE|URL");
    to.add_option("--jobs", run.jobs, "scenarios side by side")->check(CLI::Range(1, 1000))->type_name("N");
    add_reach(to, run);
    to.add_option_function<std::vector<std::string>>(
          "--report",
          [&run](const std::vector<std::string>& values) {
              for (const auto& v : values) {
                  if (const auto fault = take_report(v, run.junit_files); !fault.empty())
                      throw CLI::ValidationError("--report", fault);
              }
          },
          "junit:FILE, besides what the console says; again for several")
        ->allow_extra_args(false)
        ->type_name("KIND:FILE");
    to.add_flag("--strict", run.strict, "a SHOULD that is not followed fails too");
    auto* verbose = to.add_flag_callback(
        "-v,--verbose", [&run] { run.how_much = detail::verbose; }, "whole transcripts");
    to.add_flag_callback(
          "-q,--quiet", [&run] { run.how_much = detail::quiet; }, "only what is wrong")
        ->excludes(verbose);
    to.footer(std::string(where_passwords_are) + std::string(footer));
}

/// One file: "json:FILE".
std::string take_fact_report(const std::string& value, std::vector<ask_arguments::report>& reports) {
    static constexpr std::array<std::pair<std::string_view, ask_arguments::format>, 2> kinds{
        {{"json:", ask_arguments::format::json}, {"markdown:", ask_arguments::format::markdown}}};
    for (const auto& [prefix, kind] : kinds)
        if (value.starts_with(prefix) && value.size() > prefix.size()) {
            reports.push_back({kind, value.substr(prefix.size())});
            return {};
        }
    return "'" + value + "' is no report: json:FILE or markdown:FILE (- for standard output)";
}

void add_ask(CLI::App& app, ask_arguments& ask) {
    auto& to = *app.add_subcommand("ask", "answers questions about servers in a table, one column for each target");
    add_choice(to, ask.which);
    to.add_option(
          "--target", ask.targets,
          "a target file, the URLs of one server with blanks between, provider:NAME/USER, or built-in; again for "
          "each column; the built-in server without")
        ->allow_extra_args(false)
        ->type_name("FILE|URLS");
    to.add_option("--jobs", ask.jobs, "questions side by side (1, as some measure time)")
        ->check(CLI::Range(1, 1000))
        ->type_name("N");
    add_reach(to, ask);
    to.add_option_function<std::vector<std::string>>(
          "--report",
          [&ask](const std::vector<std::string>& values) {
              for (const auto& v : values)
                  if (const auto fault = take_fact_report(v, ask.reports); !fault.empty())
                      throw CLI::ValidationError("--report", fault);
          },
          "json:FILE or markdown:FILE, besides the table; again for several")
        ->allow_extra_args(false)
        ->type_name("KIND:FILE");
    to.footer(std::string(where_passwords_are) + R"(exit status of ask:
  0 every question was answered or is unsupported   1 an answer breaks a MUST   2 bad usage, nothing selected
  3 something could not be judged   4 mailspec itself failed   130 interrupted, with the table printed)");
}

std::optional<std::chrono::milliseconds> parse_age(const std::string& text) {
    return text == "0" ? std::chrono::milliseconds(0) : parse_duration(text);
}

void add_clean(CLI::App& app, clean_arguments& clean) {
    auto& to = *app.add_subcommand("clean", "removes the scratch mailboxes that a killed run left at a server");
    to.add_option("--target", clean.targets, "a target file, or URLs, as for run")
        ->required()
        ->allow_extra_args(false)
        ->type_name("FILE|URL");
    add_reach(to, clean);
    add_time(to, "--older-than", clean.older_than, parse_age,
             "where it cannot be told whether a run still goes on, remove what began that long ago (1h; 0: all)");
    to.add_flag("--dry-run", clean.dry_run, "only say what was found");
    to.footer("Over IMAP, for every account: mailboxes and subscriptions called mailspec-DATEtTIME-LETTERS-NUMBERx..., "
              "which no\n"
              "person names so; nothing else is touched. Those of a run that still goes on here are left alone. What a "
              "killed\n"
              "run left in the INBOX or maildrop of a disposable account stays: the next run does not mind it.\n\n"
              "exit status: 0 nothing is left but what a run may need   2 bad usage   3 an account could not be looked "
              "at, or\n"
              "the server refused   4 mailspec itself failed   130 interrupted");
}

void add_serve(CLI::App& app, serve_arguments& serve) {
    auto& to = *app.add_subcommand("serve", "runs the built-in server and prints a target file for it");
    to.add_option("--port", serve.first_port, "first port, the others follow (free ports without)")
        ->check(CLI::Range(1, 65000))
        ->type_name("N");
    to.add_option("--mischief", serve.mischief, "break this requirement on purpose; again for several")
        ->allow_extra_args(false)
        ->type_name("NAME");
    to.add_option("--user", serve.users, "account, instead of alice, bob and carol; again for several")
        ->allow_extra_args(false)
        ->type_name("NAME");
    to.add_option("--provider", serve.provider, "play this provider: its words, its folders, what it demands")
        ->type_name("NAME");
    to.add_flag("--list-mischief", serve.list_mischief, "print the requirements that can be broken");
    to.footer("Passwords lie in files only you can read, named in the target file. Ends with Ctrl-C.");
}

struct everything {
    run_arguments run;
    ask_arguments ask;
    list_arguments list;
    show_arguments show;
    lint_arguments lint;
    clean_arguments clean;
    serve_arguments serve;
};

void describe(CLI::App& app, everything& all) {
    app.set_version_flag("--version", "mailspec " MAILSPEC_VERSION);
    app.require_subcommand(1);
    add_run(app, all.run);
    add_ask(app, all.ask);
    auto& list = *app.add_subcommand("list", "names scenarios and their titles");
    add_choice(list, all.list.which);
    list.add_flag("--tags", all.list.tags_only, "name the tags instead");
    auto& show =
        *app.add_subcommand("show", "tells what a scenario proves, with the RFC's sentences, and its dialogue");
    show.add_option("id", all.show.id, "of the scenario")->required();
    show.add_option("--scenarios", all.show.from, "a folder of scenarios or one file")->allow_extra_args(false);
    auto& lint = *app.add_subcommand("lint", "checks scenario files without running them");
    lint.add_option("file", all.lint.files, "scenario files or folders of them")->required();
    add_clean(app, all.clean);
    add_serve(app, all.serve);
    app.add_subcommand("providers", "names the providers that --target provider:NAME/USER knows, and what they want");
}

std::vector<std::string> subcommand_names(const CLI::App& app) {
    std::vector<std::string> names;
    for (const auto* sub : app.get_subcommands([](const CLI::App*) { return true; }))
        names.push_back(sub->get_name());
    return names;
}

std::string suggestion(const std::string& wrong, const std::vector<std::string>& names) {
    const std::vector<std::string_view> known(names.begin(), names.end());
    return match::did_you_mean(wrong, known);
}

/// The first word is always the subcommand or an option of mailspec itself.
std::string unknown_subcommand(const CLI::App& app, const std::vector<std::string>& words) {
    const auto names = subcommand_names(app);
    if (words.empty() || words[0].starts_with("-") || std::ranges::find(names, words[0]) != names.end())
        return {};
    return "there is no subcommand '" + words[0] + "'" + suggestion(words[0], names);
}

std::string unknown_option(const CLI::App& app, const std::vector<std::string>& words) {
    std::vector<std::string> known;
    for (const auto* sub : app.get_subcommands())
        for (const auto* option : sub->get_options())
            for (const auto& name : option->get_lnames())
                known.push_back("--" + name);
    for (const auto& word : words) {
        const std::string name = word.substr(0, word.find('='));
        if (word.starts_with("--") && std::ranges::find(known, name) == known.end())
            return "there is no option " + name + suggestion(name, known);
    }
    return {};
}

told refused(const std::string& sentence, const CLI::App& app) {
    const auto chosen = app.get_subcommands();
    const std::string help = "mailspec " + (chosen.empty() ? "" : chosen.front()->get_name() + " ") + "--help";
    return {"mailspec: " + sentence + "\nsee " + help + "\n", bad_usage};
}

arguments chosen(const CLI::App& app, everything& all) {
    if (app.got_subcommand("ask"))
        return std::move(all.ask);
    if (app.got_subcommand("list"))
        return std::move(all.list);
    if (app.got_subcommand("show"))
        return std::move(all.show);
    if (app.got_subcommand("lint"))
        return std::move(all.lint);
    if (app.got_subcommand("clean"))
        return std::move(all.clean);
    if (app.got_subcommand("serve"))
        return std::move(all.serve);
    if (app.got_subcommand("providers"))
        return providers_arguments{};
    return std::move(all.run);
}

} // namespace

std::optional<std::chrono::milliseconds> parse_duration(const std::string& text) {
    static constexpr std::array<std::pair<std::string_view, std::uint32_t>, 4> units{
        {{"ms", 1}, {"s", 1000}, {"m", 60000}, {"h", 3600000}}};
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const auto* unit =
        std::ranges::find(units, std::string_view(end, text.data() + text.size()), &decltype(units)::value_type::first);
    if (error != std::errc{} || unit == units.end() || number == 0 || number > 1'000'000)
        return std::nullopt;
    return std::chrono::milliseconds(std::uint64_t{number} * unit->second);
}

arguments parse(const std::vector<std::string>& words) {
    everything all;
    CLI::App app("Replays mail dialogues written as XML transcripts against IMAP, POP3 and SMTP servers, and judges\n"
                 "their answers by what the RFCs say.",
                 "mailspec");
    describe(app, all);
    if (words.empty())
        return told{app.help(), bad_usage};
    if (const auto fault = unknown_subcommand(app, words); !fault.empty())
        return refused(fault, app);
    try {
        app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
    } catch (const CLI::CallForHelp&) {
        const auto sub = app.get_subcommands();
        return told{sub.empty() ? app.help() : sub.front()->help("mailspec"), 0};
    } catch (const CLI::CallForVersion& version) {
        return told{std::string(version.what()) + "\n", 0};
    } catch (const CLI::ExtrasError& e) {
        const auto fault = unknown_option(app, words);
        return refused(fault.empty() ? e.what() : fault, app);
    } catch (const CLI::ParseError& e) {
        return refused(e.what(), app);
    }
    return chosen(app, all);
}

} // namespace mailspec::tools
