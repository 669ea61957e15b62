#include "tools/mailspec/commands.hpp"
#include "tools/mailspec/interrupt.hpp"
#include "tools/mailspec/run_mark.hpp"
#include "tools/mailspec/target_choice.hpp"

#include "harness/run/sweep.hpp"
#include "reports/escape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

namespace mailspec::tools {
namespace {

using fate = run::swept::one::fate;

/// Why it must not be removed; nothing where the run that made it has ended, or began so long ago that it must have.
std::string still_in_use(const run::scratch_origin& made_by, std::chrono::milliseconds longest_run) {
    switch (run_mark::of(made_by.run_token)) {
    case run_state::ended: return {};
    case run_state::going_on: return "its run goes on, on this machine";
    case run_state::unknown: break;
    }
    const auto age = std::chrono::system_clock::now() - made_by.begun;
    if (age >= longest_run)
        return {};
    return fmt::format("its run, perhaps on another machine, began {} s ago and may go on; --older-than 0 removes it",
                       std::max<long long>(0, std::chrono::duration_cast<std::chrono::seconds>(age).count()));
}

std::string_view say(fate became, const clean_arguments& how) {
    switch (became) {
    case fate::removed: return "removed";
    case fate::spared: return how.dry_run ? "found" : "left";
    case fate::refused: return "refused";
    }
    return "";
}

void show(const run::swept::one& one, const clean_arguments& how, const world& to) {
    const bool mailbox = one.what.what == run::leftover::kind::mailbox;
    to.out << fmt::format("{:<8} {} of {}: {}{}\n", say(one.became, how), mailbox ? "mailbox" : "subscription",
                          reports::printable(one.what.user), reports::printable(one.what.name),
                          one.why.empty() ? "" : ": " + reports::our_words(one.why));
}

int conclude(const run::swept& result, const run::target& target, const clean_arguments& how, const world& to) {
    const auto count = [&](fate wanted) { return std::ranges::count(result.found, wanted, &run::swept::one::became); };
    for (const auto& one : result.found)
        show(one, how, to);
    if (result.interrupted) {
        to.err << "mailspec: interrupted; what is not named here was not looked at\n";
        return exit_interrupted;
    }
    for (const auto& sentence : result.failed)
        to.err << "mailspec: " << reports::our_words(sentence) << "\n";
    if (result.found.empty() && result.failed.empty())
        to.out << "nothing was left behind at " << reports::printable(target.name) << "\n";
    if (!result.found.empty())
        to.out << fmt::format("{} found, {} removed, {} left\n", result.found.size(), count(fate::removed),
                              count(fate::spared) + count(fate::refused));
    return !result.failed.empty() || count(fate::refused) > 0 ? exit_undecided : exit_done;
}

} // namespace

int clean_command(const clean_arguments& how, const world& to) {
    run_arguments reached;
    reached.targets = how.targets;
    reached.password_file = how.password_file;
    reached.password_command = how.password_command;
    const auto target = target_from(reached);
    if (const auto* fault = std::get_if<std::string>(&target)) {
        to.err << "mailspec: " << *fault << "\n";
        return exit_bad_usage;
    }
    const auto& at = std::get<run::target>(target);
    if (!at.has(wire::protocol::imap) || at.accounts.empty()) {
        to.err << "mailspec: the target has no IMAP endpoint with an account: without one no mailbox was ever made\n";
        return exit_bad_usage;
    }
    run::sweep_options options;
    options.timeout = how.timeout;
    options.spares = [&](const run::leftover& one) {
        const auto why = still_in_use(one.origin, how.older_than);
        return why.empty() && how.dry_run ? std::string("it would be removed") : why;
    };
    run::stop_handle stop;
    const interrupt_watch watch([&] { stop.request(); });
    return conclude(run::sweep(at, options, stop), at, how, to);
}

} // namespace mailspec::tools
