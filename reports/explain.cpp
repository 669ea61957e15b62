#include "reports/explain.hpp"

#include "reports/difference.hpp"
#include "reports/escape.hpp"
#include "reports/summary.hpp"
#include "reports/transcript.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace mailspec::reports {
namespace {

using verdict::scenario_record;

constexpr std::size_t longest_value = 4096;
constexpr std::size_t page_width = 116;
constexpr std::string_view margin = "             ";
constexpr std::size_t lines_before = 8;
constexpr std::size_t lines_after = 4;

/// A label of the left column, then the value.
std::string labelled(std::string_view label, std::string_view value) {
    return fmt::format("  {:<10} {}\n", label, value);
}

/// Breaks at spaces, so that a long sentence can be read; every line stands in the right column.
std::string wrapped(std::string_view text) {
    std::string out;
    const std::size_t room = page_width - margin.size();
    while (!text.empty()) {
        std::size_t end = text.size();
        if (end > room) {
            end = text.rfind(' ', room);
            if (end == std::string_view::npos || end == 0)
                end = std::min(text.find(' ', room), text.size());
        }
        out.append(margin).append(text.substr(0, end)).append("\n");
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

std::string indented(std::string_view lines, std::string_view by) {
    std::string out;
    while (!lines.empty()) {
        const std::size_t end = std::min(lines.find('\n'), lines.size() - 1);
        out.append(by).append(lines.substr(0, end + 1));
        lines.remove_prefix(end + 1);
    }
    return out;
}

std::string place(const scenario_record& record, std::uint32_t line) {
    return fmt::format("{}:{}", our_words(record.info.file), line != 0 ? line : std::max(record.info.line, 1U));
}

/// A response as it came, without the CRLF that ends it.
std::string value(std::string_view octets) { return printable(without_line_end(octets), longest_value); }

std::string one_failure(const verdict::failure& f, const scenario_record& record) {
    std::string out = labelled(record.info.unit, place(record, f.line));
    if (f.broken != nullptr)
        out += cite(*f.broken);
    if (!f.expected.empty())
        out += labelled("expected", our_words(f.expected));
    if (!f.said_by_server.empty())
        out += labelled("came", value(f.said_by_server));
    if (!f.said_by_us.empty())
        out += labelled("wrong", our_words(f.said_by_us));
    out += difference_table(f.differences, margin);
    if (!record.transcript.empty()) {
        out += "  transcript\n";
        out += indented(show_around(record.transcript, f.transcript_at, lines_before, lines_after), "    ");
    }
    return out;
}

std::string without_failure(const scenario_record& record) {
    std::string out = labelled(record.info.unit, place(record, 0));
    if (!record.reason.empty())
        out += labelled("because", our_words(record.reason));
    const bool is_well = record.result == verdict::outcome::conforms;
    const bool only_found = !record.findings.empty() && record.result != verdict::outcome::inconclusive;
    if (!record.transcript.empty() && !is_well && !only_found) {
        out += "  transcript\n";
        out += indented(show_around(record.transcript, record.reason_at, lines_before, lines_after), "    ");
    }
    return out;
}

} // namespace

std::string headline(const scenario_record& record) {
    std::string outcome(verdict::to_string(record.result));
    std::ranges::transform(outcome, outcome.begin(), [](unsigned char c) { return std::toupper(c); });
    const auto plays = in_plays(record);
    return fmt::format("{} {}: {}{}{}", outcome, our_words(record.info.id), our_words(record.info.title),
                       plays.empty() ? "" : ", ", plays);
}

std::string cite(const rfc::requirement& broken) {
    std::string out = labelled(rfc::to_string(broken.strength), fmt::format("{}: {}", broken.id, broken.title));
    for (const auto& source : broken.sources)
        out += wrapped(fmt::format("RFC {} section {}: \"{}\"", source.rfc, source.section, source.sentence));
    return out;
}

std::string explain_failures(const scenario_record& record) {
    if (record.failures.empty())
        return without_failure(record);
    std::string out;
    for (const auto& f : record.failures) {
        if (!out.empty())
            out += '\n';
        out += one_failure(f, record);
    }
    return out;
}

std::string explain_notes(const scenario_record& record) {
    std::string out;
    for (const auto& each : record.notes)
        out += labelled("note", our_words(each));
    return out;
}

std::string explain_finding(const verdict::observed& seen, const scenario_record& record) {
    const std::string often = seen.times > 1 ? fmt::format(", {} times", seen.times) : "";
    std::string out = labelled(
        "found", our_words(fmt::format("{} (octet {} of {}{})", seen.what.detail, seen.what.at, seen.session, often)));
    out += cite(*seen.what.broken);
    if (seen.transcript_at < record.transcript.size())
        out += indented(show_around(record.transcript, seen.transcript_at, 1, 0), "    ");
    return out;
}

} // namespace mailspec::reports
