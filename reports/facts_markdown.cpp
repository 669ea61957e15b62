#include "reports/facts_markdown.hpp"

#include "reports/fact_notes.hpp"

#include <fmt/format.h>

#include <ostream>
#include <string_view>

namespace mailspec::reports {
namespace {

/// Text that Markdown takes for text, also in a cell of a table, and never for HTML or a link.
std::string plain(std::string_view text) {
    constexpr std::string_view special = "\\`*_[]|<>~&@";
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool links = text.substr(at).starts_with("://") || (at >= 3 && text.substr(at - 3, 4) == "www.");
        if (links || special.find(text[at]) != std::string_view::npos)
            out += '\\';
        out += text[at];
    }
    return out;
}

std::string cell(const fact_cell& c, std::size_t note) {
    const bool answered = c.what == fact_cell::kind::answered;
    std::string text = answered ? plain(c.said) : fmt::format("*{}*", to_string(c.what));
    if (c.breaks)
        text = fmt::format("**{}**", text);
    return note == 0 ? text : text + fmt::format(" \\[{}\\]", note);
}

} // namespace

void write_facts_markdown(std::ostream& out, const facts& of) {
    const fact_notes notes(of);
    out << "| question |";
    for (const auto& target : of.targets)
        out << ' ' << plain(target.name) << " |";
    out << "\n|---|";
    for (std::size_t i = 0; i < of.targets.size(); ++i)
        out << "---|";
    out << '\n';
    for (const auto& row : of.rows) {
        out << "| " << plain(row.question) << " |";
        for (const auto& each : row.cells)
            out << ' ' << cell(each, notes.number(each)) << " |";
        out << '\n';
    }
    std::size_t number = 0;
    for (const auto* broken : notes.broken) {
        out << fmt::format("\n\\[{}\\] {}\n", ++number, plain(headline(*broken)));
        for (const auto& source : broken->sources)
            out << "\n> " << plain(quotation(source)) << '\n';
    }
    for (const auto& reason : notes.reasons)
        out << fmt::format("\n\\[{}\\] {}\n", ++number, plain(reason));
    out << std::flush;
}

} // namespace mailspec::reports
