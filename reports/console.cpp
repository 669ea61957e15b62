#include "reports/console.hpp"

#include "reports/baseline_words.hpp"
#include "reports/escape.hpp"
#include "reports/explain.hpp"
#include "reports/summary.hpp"
#include "reports/transcript.hpp"

#include <fmt/format.h>

#include <ostream>
#include <set>
#include <string_view>

namespace mailspec::reports {

using verdict::outcome;
using verdict::scenario_record;
using verdict::standing;
using detail = console_options::detail;

struct console::state {
    std::ostream& out;
    console_options options;
    std::size_t planned = 0;
    std::size_t running = 0;
    tally done;
    std::set<std::string, std::less<>> reasons_told;     ///< of inconclusive scenarios
    std::set<const rfc::requirement*> requirements_told; ///< of findings
    enum class line { absent, shown } live = line::absent;
    enum class gap { missing, there } before_summary = gap::missing; ///< an explanation ends with an empty line

    bool on_terminal() const { return options.to == console_options::medium::terminal; }
    std::string coloured(std::string_view text, outcome o) const;
    bool is_told(const scenario_record& record) const;
    bool has_line(const scenario_record& record) const;
    std::string line_of(const scenario_record& record) const;
    std::string explanation(const scenario_record& record);
    std::string finding_lines(const scenario_record& record);
    void erase_live_line();
    void show_live_line(std::string_view current);
    void section(std::string_view heading, const std::string& lines);
};

namespace {

std::string_view colour_of(outcome o) {
    switch (o) {
    case outcome::conforms: return "\x1b[32m";
    case outcome::unsupported: return "\x1b[2m";
    case outcome::deviates: return "\x1b[33m";
    case outcome::inconclusive: return "\x1b[35m";
    case outcome::violates:
    case outcome::broken: break;
    }
    return "\x1b[1;31m";
}

} // namespace

std::string console::state::coloured(std::string_view text, outcome o) const {
    if (options.colours == console_options::colour::no)
        return std::string(text);
    return fmt::format("{}{}\x1b[0m", colour_of(o), text);
}

/// What the baseline knows has a line, unless all is to be told in full.
bool console::state::is_told(const scenario_record& record) const {
    const outcome o = record.result;
    const bool in_full = options.how_much == detail::verbose;
    if (in_full && !record.transcript.empty())
        return true;
    const auto how = verdict::standing_of(record);
    if ((how == standing::known || how == standing::better) && !in_full)
        return false;
    if (o == outcome::deviates)
        return options.strict == verdict::strictness::strict || in_full;
    return o == outcome::violates || o == outcome::inconclusive || o == outcome::broken;
}

/// On a terminal, only what the baseline has something to say of.
bool console::state::has_line(const scenario_record& record) const {
    const bool compared = verdict::standing_of(record) != standing::as_before;
    return options.how_much == detail::verbose || (options.how_much == detail::normal && (compared || !on_terminal()));
}

std::string console::state::line_of(const scenario_record& record) const {
    const auto how = verdict::standing_of(record);
    const bool known = how == standing::known, better = how == standing::better;
    const auto colour = known ? outcome::unsupported : better ? outcome::conforms : record.result;
    const auto word = known || better ? verdict::to_string(how) : verdict::to_string(record.result);
    std::string text = coloured(fmt::format("{:<11}", word), colour) + " " + our_words(record.info.id);
    if (record.plays.of(record.result) != record.plays.total())
        text += ", " + in_plays(record);
    if (known || better)
        text += fmt::format(": {}", verdict::to_string(record.result));
    if (!record.reason.empty())
        text += ": " + our_words(record.reason);
    if (how != standing::as_before && !known)
        text += "; " + beside_baseline(record);
    return text + "\n";
}

void console::state::erase_live_line() {
    if (live == line::shown)
        out << "\r\x1b[K";
    live = line::absent;
}

void console::state::show_live_line(std::string_view current) {
    if (!on_terminal())
        return;
    const std::size_t failed = done.of(outcome::violates) + done.of(outcome::inconclusive) + done.of(outcome::broken);
    std::string text = fmt::format("{}/{} done, {} running, {} failed  {}", done.total(), planned, running, failed,
                                   our_words(current));
    if (text.size() >= options.columns)
        text.resize(options.columns - 1);
    out << "\r" << text << "\x1b[K" << std::flush;
    live = line::shown;
}

/// A finding is told in full once; later scenarios refer to it by its requirement.
std::string console::state::finding_lines(const scenario_record& record) {
    std::string text;
    for (const auto& seen : record.findings) {
        if (requirements_told.insert(seen.what.broken).second || options.how_much == detail::verbose)
            text += explain_finding(seen, record);
        else
            text += fmt::format("  found      {} {} (told above): {}\n", rfc::to_string(seen.what.broken->strength),
                                seen.what.broken->id, our_words(seen.what.detail));
    }
    return text;
}

std::string console::state::explanation(const scenario_record& record) {
    const bool told =
        record.result == outcome::inconclusive && record.failures.empty() && !reasons_told.insert(record.reason).second;
    std::string text = headline(record);
    const std::size_t word = text.find(' ');
    const std::string outcome_word = coloured(text.substr(0, word), record.result);
    if (told && options.how_much != detail::verbose)
        return fmt::format("{} {}: the same as above\n", outcome_word, our_words(record.info.id));
    text = outcome_word + text.substr(word) + "\n";
    if (const auto how = verdict::standing_of(record); how != standing::as_before)
        text += fmt::format("  baseline   {}{}\n", how == standing::known ? "" : fmt::format("{}: ", to_string(how)),
                            beside_baseline(record));
    text += explain_failures(record) + finding_lines(record) + explain_notes(record);
    if (options.how_much == detail::verbose)
        text += "  whole transcript\n" + show(record.transcript);
    return text + "\n";
}

void console::state::section(std::string_view heading, const std::string& lines) {
    if (!lines.empty())
        out << heading << "\n" << lines << "\n";
}

console::console(std::ostream& out, console_options o) : state_(new state{out, o, 0, 0, {}, {}, {}, {}, {}}) {}

console::~console() = default;

void console::run_started(const verdict::run_info& run) {
    state_->planned = run.scenarios;
    if (state_->options.how_much != detail::quiet)
        state_->out << fmt::format("mailspec {}: {} {}{}{} against {}\n", run.version, run.scenarios, run.unit,
                                   run.scenarios == 1 ? "" : "s",
                                   run.times > 1 ? fmt::format(", {} times each,", run.times) : "",
                                   our_words(run.target))
                    << std::flush;
}

void console::scenario_started(const verdict::scenario_info& scenario) {
    ++state_->running;
    state_->show_live_line(scenario.id);
}

void console::scenario_ended(const scenario_record& record) {
    state& s = *state_;
    s.running -= s.running > 0 ? 1 : 0;
    s.done.count(verdict::counted(record));
    if (s.is_told(record)) {
        s.erase_live_line();
        const std::string text = s.explanation(record);
        s.out << text;
        s.before_summary = text.ends_with("\n\n") ? state::gap::there : state::gap::missing;
    } else if (s.has_line(record)) {
        s.erase_live_line();
        s.out << s.line_of(record);
        s.before_summary = state::gap::missing;
    }
    s.show_live_line(record.info.id);
    s.out.flush();
}

void console::run_ended(const verdict::run_record& run) {
    state& s = *state_;
    s.erase_live_line();
    if (s.options.how_much == detail::quiet)
        return;
    if (s.before_summary == state::gap::missing)
        s.out << "\n";
    s.section("answers", answers(run));
    const std::string but = run.info.baseline.empty() ? "" : ", but for what is known";
    s.section("not kept, by requirement" + but, broken_requirements(run));
    s.section("unsupported, by reason", grouped_by_reason(run, outcome::unsupported));
    s.section("inconclusive, by reason" + but, grouped_by_reason(run, outcome::inconclusive));
    s.section("notes", notes(run));
    s.section("against " + our_words(run.info.baseline), against_baseline(run));
    s.section("summary", summary_table(run));
}

void console::close(const verdict::run_record& run, std::span<const std::string> notes) {
    for (const auto& note : notes)
        state_->out << our_words(note) << "\n";
    state_->out << closing_line(run) << std::flush;
}

} // namespace mailspec::reports
