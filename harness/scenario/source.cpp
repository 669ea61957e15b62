#include "harness/scenario/source.hpp"

#include "harness/scenario/well_formed.hpp"

#include <algorithm>

namespace mailspec::scenario {

namespace {

/// Characters in UTF-8 text, counted by the octets that begin one.
std::size_t characters(std::string_view s) {
    return static_cast<std::size_t>(
        std::count_if(s.begin(), s.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

/// What stands in front of the caret: tabs stay, so that it lines up.
std::string indentation(std::string_view line, std::size_t columns) {
    std::string out;
    for (const char c : line) {
        if (out.size() == columns)
            break;
        if ((static_cast<unsigned char>(c) & 0xc0) != 0x80)
            out += c == '\t' ? '\t' : ' ';
    }
    out.resize(columns, ' ');
    return out;
}

/// The octet at which that character begins.
std::size_t octet_of(std::string_view s, std::size_t character) {
    std::size_t at = 0;
    for (; at < s.size(); ++at)
        if ((static_cast<unsigned char>(s[at]) & 0xc0) != 0x80 && character-- == 0)
            break;
    return at;
}

/// What is shown of a line, and where in it the caret stands, counted in characters from 0.
struct excerpt {
    std::string text;
    std::size_t column;
};

/// The whole line, or of a very long one what stands around the caret.
excerpt around(std::string_view line, std::size_t column) {
    constexpr std::size_t most = 160;
    if (characters(line) <= most)
        return {std::string(line), column};
    const std::size_t first = column > most / 2 ? column - most / 2 : 0;
    line.remove_prefix(octet_of(line, first));
    const std::string_view shown = line.substr(0, octet_of(line, most));
    const std::string_view before = first > 0 ? "..." : "", after = shown.size() < line.size() ? "..." : "";
    return {std::string(before) + std::string(shown) + std::string(after), before.size() + column - first};
}

/// Control characters and octets that are no UTF-8 must not reach a terminal.
std::string printable(std::string_view line) {
    std::string out;
    while (!line.empty()) {
        const std::size_t n = xml_character(line);
        if (n == 0 || line.front() == 0x7f || line.front() == '\r' || line.front() == '\n')
            out += '?';
        else
            out += line.substr(0, n);
        line.remove_prefix(std::max<std::size_t>(n, 1));
    }
    return out;
}

} // namespace

source::source(std::string_view file, std::string_view xml) : file_(file), xml_(xml) {
    lines_.push_back(0);
    for (std::size_t at = xml.find('\n'); at != std::string_view::npos; at = xml.find('\n', at + 1))
        lines_.push_back(at + 1);
}

position source::at(std::size_t offset) const {
    offset = std::min(offset, xml_.size());
    const auto line = std::upper_bound(lines_.begin(), lines_.end(), offset) - 1;
    const auto number = static_cast<std::uint32_t>(line - lines_.begin() + 1);
    return {number, static_cast<std::uint32_t>(characters(xml_.substr(*line, offset - *line)) + 1)};
}

load_error source::error(std::size_t offset, std::string_view message) const {
    load_error out;
    out.file = file_;
    out.where = at(offset);
    out.message = printable(message);
    const std::size_t start = lines_[out.where.line - 1];
    std::string_view line = xml_.substr(start, xml_.find('\n', start) - start);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    out.source_line = printable(line);
    return out;
}

std::string load_error::show() const {
    std::string out = file;
    if (where.line == 0)
        return out + ": " + message + "\n";
    const std::string number = std::to_string(where.line);
    const auto part = around(source_line, where.column - 1);
    out += ":" + number + ":" + std::to_string(where.column) + ": " + message + "\n";
    out += "  " + number + " | " + part.text + "\n";
    out += "  " + std::string(number.size(), ' ') + " | " + indentation(part.text, part.column) + "^\n";
    return out;
}

} // namespace mailspec::scenario
