#include "reports/facts_table.hpp"

#include "reports/fact_notes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <string_view>

namespace mailspec::reports {
namespace {

constexpr std::size_t gap = 2, least_column = 10, page_width = 116;

std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// The longest beginning that takes no more than `room`, in octets.
std::size_t fitting(std::string_view text, std::size_t room) {
    std::size_t at = 0, used = 0;
    while (at < text.size()) {
        std::size_t next = at + 1;
        while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0U) == 0x80U)
            ++next;
        if (++used > room)
            return at;
        at = next;
    }
    return at;
}

/// Breaks at spaces where it can.
std::vector<std::string> wrapped(std::string_view text, std::size_t room) {
    std::vector<std::string> lines;
    while (width_of(text) > room) {
        std::size_t end = fitting(text, room);
        const auto space = text.rfind(' ', end);
        const bool breaks = space != std::string_view::npos && space > 0;
        end = breaks ? space : end;
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(breaks ? end + 1 : end);
    }
    lines.emplace_back(text);
    return lines;
}

std::string padded(std::string text, std::size_t width) {
    text.append(width - std::min(width, width_of(text)), ' ');
    return text;
}

enum class tone { plain, heading, wrong, faint };

struct shown_cell {
    std::string text;
    tone how = tone::plain;
};
using shown_row = std::vector<shown_cell>;

class table {
public:
    table(const facts& of, const fact_notes& notes, const console_options& look) : look_(look) {
        shown_row head{{"question", tone::heading}};
        for (const auto& target : of.targets)
            head.push_back({target.name, tone::heading});
        rows_.push_back(std::move(head));
        for (const auto& row : of.rows) {
            shown_row shown{{row.question, tone::plain}};
            for (const auto& cell : row.cells)
                shown.push_back(show(cell, notes.number(cell)));
            rows_.push_back(std::move(shown));
        }
        measure();
    }

    void write(std::ostream& out) const {
        for (const auto& row : rows_)
            write_row(out, row);
    }

private:
    static shown_cell show(const fact_cell& cell, std::size_t note) {
        const bool answered = cell.what == fact_cell::kind::answered;
        std::string text = answered ? cell.said : std::string(to_string(cell.what));
        if (note != 0)
            text += fmt::format(" [{}]", note);
        return {std::move(text), cell.breaks ? tone::wrong : answered ? tone::plain : tone::faint};
    }

    /// On a terminal the widest column gives way until all fit.
    void measure() {
        widths_.assign(rows_.front().size(), 0);
        for (const auto& row : rows_)
            for (std::size_t i = 0; i < row.size(); ++i)
                widths_[i] = std::max(widths_[i], width_of(row[i].text));
        if (look_.to != console_options::medium::terminal)
            return;
        const auto total = [&] {
            std::size_t sum = gap * (widths_.size() - 1);
            for (const auto each : widths_)
                sum += each;
            return sum;
        };
        while (total() > look_.columns) {
            const auto widest = std::ranges::max_element(widths_);
            if (*widest <= least_column)
                return;
            --*widest;
        }
    }

    void write_row(std::ostream& out, const shown_row& row) const {
        std::vector<std::vector<std::string>> cells;
        std::size_t height = 0;
        for (std::size_t i = 0; i < row.size(); ++i) {
            cells.push_back(wrapped(row[i].text, widths_[i]));
            height = std::max(height, cells.back().size());
        }
        for (std::size_t line = 0; line < height; ++line) {
            std::string text;
            for (std::size_t i = 0; i < row.size(); ++i) {
                const auto part = line < cells[i].size() ? cells[i][line] : std::string();
                const auto missing = widths_[i] + gap - std::min(widths_[i], width_of(part));
                text.append(coloured(part, row[i].how)).append(missing, ' ');
            }
            text.erase(text.find_last_not_of(' ') + 1);
            out << text << '\n';
        }
    }

    std::string coloured(std::string text, tone how) const {
        if (look_.colours == console_options::colour::no || how == tone::plain || text.empty())
            return text;
        const std::string_view code = how == tone::heading ? "1" : how == tone::wrong ? "1;31" : "2";
        return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
    }

    const console_options& look_;
    std::vector<shown_row> rows_;
    std::vector<std::size_t> widths_;
};

void write_note(std::ostream& out, std::string_view mark, std::string_view text, std::size_t room) {
    std::string lead = padded(std::string(mark), 7);
    for (const auto& line : wrapped(text, room - lead.size())) {
        out << lead << line << '\n';
        lead.assign(lead.size(), ' ');
    }
}

} // namespace

void write_facts_table(std::ostream& out, const facts& of, const console_options& look) {
    const fact_notes notes(of);
    table(of, notes, look).write(out);
    const bool terminal = look.to == console_options::medium::terminal;
    const std::size_t room = terminal ? std::clamp<std::size_t>(look.columns, 40, page_width) : page_width;
    std::size_t number = 0;
    if (!notes.broken.empty())
        out << "\nanswers that break an RFC\n";
    for (const auto* broken : notes.broken) {
        write_note(out, fmt::format("  [{}]", ++number), headline(*broken), room);
        for (const auto& source : broken->sources)
            write_note(out, "", quotation(source), room);
    }
    if (!notes.reasons.empty())
        out << "\nno answer\n";
    for (const auto& reason : notes.reasons)
        write_note(out, fmt::format("  [{}]", ++number), reason, room);
    out << std::flush;
}

} // namespace mailspec::reports
