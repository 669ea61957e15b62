#include "tools/mailspec/subcommands.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cctype>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

namespace mailspec::tools {
namespace {

constexpr std::string_view footer = R"(exit status of run:
  0 all conform, deviate or are unsupported   1 a MUST was broken   2 bad usage, bad scenario, nothing selected
  3 something could not be judged   4 mailspec itself failed   130 interrupted, with the report written)";

constexpr std::string_view where_passwords_are =
    "The password of URLs comes from MAILSPEC_PASSWORD, --password-file, --password-command or a prompt; or for each\n"
    "account from its URL: ?password-env=, password-file=, password-command=, and for tokens token-env= and so on.\n"
    "mailspec providers names what provider:NAME/USER knows; scenarios/README.md tells all about targets.\n\n";

template <typename Report> using report_kinds = std::vector<std::pair<std::string_view, decltype(Report::kind)>>;

/// One file: "junit:FILE". Gives the sentence that says what is wrong with it, or nothing.
template <typename Report>
std::string take_report(const std::string& value, const report_kinds<Report>& kinds, std::vector<Report>& reports) {
    std::string known;
    for (const auto& [kind, meant] : kinds) {
        const auto prefix = std::string(kind) + ":";
        if (value.starts_with(prefix) && value.size() > prefix.size()) {
            const auto file = value.substr(prefix.size());
            if (std::ranges::find(reports, file, &Report::file) != reports.end())
                return "'" + value + "': another report is written there";
            reports.push_back({meant, file});
            return {};
        }
        known += (known.empty() ? "" : " or ") + prefix + "FILE";
    }
    return "'" + value + "' is no report: " + known + " (- for standard output)";
}

const report_kinds<run_report> run_reports{
    {"junit", run_report::format::junit}, {"html", run_report::format::html}, {"json", run_report::format::json}};
const report_kinds<ask_arguments::report> fact_reports{{"json", ask_arguments::format::json},
                                                       {"markdown", ask_arguments::format::markdown}};

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

/// An option of one value that may be given again.
CLI::Option* add_repeatable(CLI::App& to, const std::string& name, std::vector<std::string>& into,
                            const std::string& what, const std::string& type) {
    return to.add_option(name, into, what)->allow_extra_args(false)->type_name(type);
}

void add_choice(CLI::App& to, scenario_choice& which) {
    to.add_option("scenario", which.ids,
                  "ids, folders or globs (* in a folder, ** across): imap/fetch, **/greeting; without: all")
        ->type_name("ID");
    add_repeatable(to, "--tag", which.tags, "only scenarios with this tag", "NAME");
    add_repeatable(to, "--protocol", which.protocols, "only scenarios that speak this protocol: imap, pop3, smtp ...",
                   "NAME");
    add_repeatable(to, "--exclude", which.excluded, "leave out an id, folder or glob, or tag:NAME", "ID");
    add_repeatable(to, "--scenarios", which.from, "a folder of scenarios or one file, instead of the bundled ones",
                   "PATH");
}

/// The options of every subcommand that goes to a server.
template <typename Arguments> void add_reach(CLI::App& to, Arguments& how) {
    auto* file = to.add_option("--password-file", how.password_file, "its first line is the password of the URLs' user")
                     ->type_name("FILE");
    to.add_option("--password-command", how.password_command,
                  "a shell command; its first line of output is the password")
        ->excludes(file)
        ->type_name("COMMAND");
    add_time(to, "--timeout", how.timeout, parse_duration, "how long connecting, and each answer, may take (10s)");
}

/// Takes the kinds there are, and the value that stands for what comes anyway; empty: there is none.
template <typename Report>
void add_reports(CLI::App& to, std::vector<Report>& reports, const report_kinds<Report>& kinds,
                 const std::string& anyway, const std::string& what) {
    to.add_option_function<std::vector<std::string>>(
          "--report",
          [&reports, &kinds, anyway](const std::vector<std::string>& values) {
              for (const auto& v : values)
                  if (const auto fault = take_report(v, kinds, reports);
                      !fault.empty() && (anyway.empty() || v != anyway))
                      throw CLI::ValidationError("--report", fault);
          },
          what)
        ->allow_extra_args(false)
        ->type_name("KIND:FILE");
}

/// What is to become of a run: reports, how much is told, what counts.
template <typename Arguments> void add_run_reports(CLI::App& to, Arguments& how) {
    add_reports(to, how.reports, run_reports, "console",
                "junit:FILE, html:FILE or json:FILE (-: standard output); again for several");
    to.add_flag("--strict", how.strict, "a SHOULD that is not followed counts as a failure too");
    auto* verbose = to.add_flag_callback(
        "-v,--verbose", [&how] { how.how_much = detail::verbose; }, "tell all in full, with whole transcripts");
    to.add_flag_callback(
          "-q,--quiet", [&how] { how.how_much = detail::quiet; }, "only what is wrong, and the closing line")
        ->excludes(verbose);
}

void add_run(CLI::App& app, run_arguments& run) {
    auto& to = *app.add_subcommand("run", "replays scenarios against a server and judges its answers");
    add_choice(to, run.which);
    add_repeatable(to, "--target", run.targets,
                   "a target file, URLs such as imaps://alice@host (again for each protocol), or\n"
                   "provider:NAME/USER; without: the built-in server",
                   "FILE|URL");
    to.add_option("--jobs", run.jobs, "scenarios side by side (4)")->check(CLI::Range(1, 1000))->type_name("N");
    to.add_option("--times", run.times,
                  "play each scenario so many times, for a load or to find what fails now and then; its\n"
                  "worst play is reported, and how many came to that (1)")
        ->check(CLI::Range(1, 1000000))
        ->type_name("N");
    add_reach(to, run);
    add_run_reports(to, run);
    to.add_option("--baseline", run.baseline,
                  "the JSON result of an earlier run: what failed there in the same way decides nothing")
        ->check(
            [](const std::string& file) { return std::string(file.empty() ? "the name of the file is empty" : ""); })
        ->type_name("FILE");
    to.footer(std::string(where_passwords_are) + std::string(footer));
}

void add_audit(CLI::App& app, audit_arguments& audit) {
    auto& to = *app.add_subcommand("audit", "judges what a server said in recorded sessions, without any connection");
    to.add_option("file", audit.files, "texts with the lines of a session, C: and S: in front")
        ->required()
        ->type_name("FILE");
    to.add_option("--protocol", audit.protocol, "imap, pop3, smtp, submission or lmtp; without: the greeting tells")
        ->check(CLI::IsMember({"imap", "pop3", "smtp", "submission", "lmtp"}))
        ->type_name("NAME");
    add_run_reports(to, audit);
    to.footer(R"(  S: 220 mx.example.org ready
  C: EHLO client.example.net
  S: 250-mx.example.org
  S: 250 AUTH=LOGIN PLAIN

Reads sessions as RFCs and bug reports have them, with a name in front of C: and S: where there are several, and
mailspec's own reports: the console's -v, and JUnit. # begins a remark; a line that goes on from the one above is
indented deeper. [masked] may stand for a secret, ... and <words like these> for what is left out.

How lines ended, whether a message was shortened, whether a line of the client is missing: a text by people does not
show such things, so they accuse nobody. "conforms" says no more than that nothing was found.

exit status of audit:
  0 nothing found, or only a SHOULD   1 a MUST was broken   2 bad usage, or a file that is no such text
  4 mailspec itself failed)");
}

void add_ask(CLI::App& app, ask_arguments& ask) {
    auto& to = *app.add_subcommand("ask", "answers questions about servers in a table, one column for each target");
    add_choice(to, ask.which);
    add_repeatable(to, "--target", ask.targets,
                   "a target file, the URLs of one server with blanks between, provider:NAME/USER, or\n"
                   "built-in; again for each column; without: built-in",
                   "FILE|URLS");
    to.add_option("--jobs", ask.jobs, "questions side by side (1, as some answers are a time that was measured)")
        ->check(CLI::Range(1, 1000))
        ->type_name("N");
    add_reach(to, ask);
    add_reports(to, ask.reports, fact_reports, "",
                "json:FILE or markdown:FILE (-: standard output), besides the table; again for several");
    to.footer(std::string(where_passwords_are) +
              R"(  mailspec ask imap --target built-in --target 'imaps://alice@a.example pop3s://alice@a.example'

Only scenarios that ask a question are meant: imap/delimiter finds facts/imap/delimiter. mailspec list facts names
them.

exit status of ask:
  0 every question was answered or is unsupported   1 an answer breaks a MUST   2 bad usage, nothing selected
  3 something could not be judged   4 mailspec itself failed   130 interrupted, with the table printed)");
}

/// "must-not" as "MUST NOT".
std::string as_level(std::string text) {
    for (auto& c : text)
        c = c == '-' || c == '_' ? ' ' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return text;
}

/// "RFC 3501" or "rfc3501" as "3501".
std::string as_number(const std::string& text) {
    const auto digits = text.find_first_of("0123456789");
    return as_level(text.substr(0, 3)) == "RFC" && digits != std::string::npos ? text.substr(digits) : text;
}

void add_requirements(CLI::App& app, requirements_arguments& wanted) {
    using format = requirements_arguments::format;
    static const std::map<std::string, format> formats{
        {"text", format::text}, {"json", format::json}, {"markdown", format::markdown}};
    auto& to = *app.add_subcommand("requirements", "counts what the RFCs demand, and tells what proves each of it");
    add_repeatable(to, "--rfc", wanted.rfcs, "only what this RFC states: 3501; again for several", "NUMBER")
        ->transform(as_number);
    add_repeatable(to, "--level", wanted.levels,
                   "only this level: must, must-not, should, should-not, may; again for several", "LEVEL")
        ->transform(as_level)
        ->check(CLI::IsMember({"MUST", "MUST NOT", "SHOULD", "SHOULD NOT", "MAY"}));
    add_repeatable(to, "--state", wanted.states, "only what is proven, untestable or open; again for several", "STATE")
        ->check(CLI::IsMember({"proven", "untestable", "open"}));
    to.add_option("--format", wanted.as, "text, json or markdown (text)")
        ->transform(CLI::CheckedTransformer(formats).description(""))
        ->type_name("FORMAT");
    to.footer(
        R"(proven: a bundled scenario, an answer to a question or a monitor notices where it is broken, and the built-in
server can break it (mailspec serve --mischief ID), so that a test has seen it noticed.)");
}

std::optional<std::chrono::milliseconds> parse_age(const std::string& text) {
    return text == "0" ? std::chrono::milliseconds(0) : parse_duration(text);
}

void add_clean(CLI::App& app, clean_arguments& clean) {
    auto& to = *app.add_subcommand("clean", "removes the scratch mailboxes that a killed run or ask left at a server");
    add_repeatable(to, "--target", clean.targets, "a target file, URLs or provider:NAME/USER, as for run", "FILE|URL")
        ->required();
    add_reach(to, clean);
    add_time(to, "--older-than", clean.older_than, parse_age,
             "where it cannot be told whether a run still goes on, remove what began so long ago\n"
             "(1h; 0: all)");
    to.add_flag("--dry-run", clean.dry_run, "remove nothing, only say what would be");
    to.footer(
        std::string(where_passwords_are) +
        R"(Over IMAP, for every account: mailboxes and subscriptions called mailspec-DATEtTIME-LETTERS-NUMBERx..., which no
person names so; nothing else is touched. Those of a run or ask that still goes on here are left alone. What a killed
one left in the INBOX or maildrop of a disposable account stays: the next run does not mind it. Right after a kill the
server may still be about to obey a CREATE that it got: run clean again a moment later.

exit status of clean:
  0 nothing is left but what a run may need   2 bad usage   3 an account could not be looked at, or the server refused
  4 mailspec itself failed   130 interrupted)");
}

void add_serve(CLI::App& app, serve_arguments& serve) {
    auto& to = *app.add_subcommand("serve", "runs the built-in server and prints a target file for it");
    to.add_option("--port", serve.first_port, "the first port, the others follow; without: free ports")
        ->check(CLI::Range(1, 65000))
        ->type_name("N");
    add_repeatable(to, "--mischief", serve.mischief,
                   "break this requirement on purpose (an id of --list-mischief); again for several", "NAME");
    add_repeatable(to, "--user", serve.users, "an account, instead of alice, bob and carol; again for several", "NAME");
    to.add_option("--provider", serve.provider,
                  "play this provider (mailspec providers names them): its words, folders, demands")
        ->type_name("NAME");
    to.add_flag("--list-mischief", serve.list_mischief, "print the requirements that --mischief can break");
    to.footer(R"(  mailspec serve --mischief imap.fetch.rfc822.sets-seen > target.xml
  mailspec run --target target.xml          in another shell

Listens on 127.0.0.1 only. Passwords lie in files only you can read, named in the target file. Ends with Ctrl-C.)");
}

} // namespace

void describe(CLI::App& app, everything& all) {
    app.set_version_flag("--version", "mailspec " MAILSPEC_VERSION);
    app.require_subcommand(1);
    add_run(app, all.run);
    add_audit(app, all.audit);
    add_ask(app, all.ask);
    auto& list = *app.add_subcommand("list", "names scenarios and their titles");
    add_choice(list, all.list.which);
    list.add_flag("--tags", all.list.tags_only, "name the tags instead");
    auto& show =
        *app.add_subcommand("show", "tells what a scenario proves, with the RFC's sentences, and its dialogue");
    show.add_option("id", all.show.id, "of the scenario: imap/greeting")->required()->type_name("ID");
    add_repeatable(show, "--scenarios", all.show.from, "a folder of scenarios or one file, instead of the bundled ones",
                   "PATH");
    auto& lint = *app.add_subcommand("lint", "checks scenario files without running them");
    lint.add_option("file", all.lint.files, "scenario files or folders of them")->required()->type_name("PATH");
    add_clean(app, all.clean);
    add_serve(app, all.serve);
    add_requirements(app, all.requirements);
    app.add_subcommand("providers", "names the providers that --target provider:NAME/USER knows, and what they want");
    app.footer("mailspec SUBCOMMAND --help tells more. To begin, without any server: mailspec run, mailspec ask.");
}

} // namespace mailspec::tools
