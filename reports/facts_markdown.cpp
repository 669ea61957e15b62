#include "reports/facts_markdown.hpp"

#include "reports/fact_notes.hpp"
#include "reports/markdown.hpp"

#include <fmt/format.h>

#include <ostream>

namespace mailspec::reports {
namespace {

std::string cell(const fact_cell& c, std::size_t note) {
    const bool answered = c.what == fact_cell::kind::answered;
    std::string text = answered ? markdown_text(c.said) : fmt::format("*{}*", to_string(c.what));
    if (c.breaks)
        text = fmt::format("**{}**", text);
    return note == 0 ? text : text + fmt::format(" \\[{}\\]", note);
}

} // namespace

void write_facts_markdown(std::ostream& out, const facts& of) {
    const fact_notes notes(of);
    out << "| question |";
    for (const auto& target : of.targets)
        out << ' ' << markdown_text(target.name) << " |";
    out << "\n|---|";
    for (std::size_t i = 0; i < of.targets.size(); ++i)
        out << "---|";
    out << '\n';
    for (const auto& row : of.rows) {
        out << "| " << markdown_text(row.question) << " |";
        for (const auto& each : row.cells)
            out << ' ' << cell(each, notes.number(each)) << " |";
        out << '\n';
    }
    std::size_t number = 0;
    for (const auto* broken : notes.broken) {
        out << fmt::format("\n\\[{}\\] {}\n", ++number, markdown_text(headline(*broken)));
        for (const auto& source : broken->sources)
            out << "\n> " << markdown_text(quotation(source)) << '\n';
    }
    for (const auto& reason : notes.reasons)
        out << fmt::format("\n\\[{}\\] {}\n", ++number, markdown_text(reason));
    out << std::flush;
}

} // namespace mailspec::reports
