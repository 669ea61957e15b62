#include "reports/transcript.hpp"

#include "reports/escape.hpp"

#include <algorithm>
#include <string_view>

namespace mailspec::reports {
namespace {

using verdict::transcript_line;

constexpr std::size_t longest_line = 8192;
constexpr std::size_t most_lines_marked = 24, most_lines_beside = 5;
constexpr std::size_t all_lines = std::string_view::npos;

std::string_view letter(transcript_line::direction way) {
    switch (way) {
    case transcript_line::direction::sent: return "C: ";
    case transcript_line::direction::received: return "S: ";
    case transcript_line::direction::note: break;
    }
    return "-- ";
}

enum class names { left_out, shown };

names needed(const std::vector<transcript_line>& transcript) {
    const auto& first = transcript.front().session;
    const bool one = std::ranges::all_of(transcript, [&](const auto& l) { return l.session == first; });
    return one ? names::left_out : names::shown;
}

/// A response with a literal has several lines; only a CRLF inside it is a line break, anything else is shown.
std::vector<std::string_view> lines_of(std::string_view octets) {
    octets = without_line_end(octets);
    std::vector<std::string_view> lines;
    for (;;) {
        const std::size_t end = octets.find("\r\n");
        lines.push_back(octets.substr(0, end));
        if (end == std::string_view::npos)
            return lines;
        octets.remove_prefix(end + 2);
    }
}

/// Leaves out the middle of what has more lines than `most`.
void append(std::string& out, std::string_view prefix, const transcript_line& from, std::size_t most) {
    const auto lines = lines_of(from.octets);
    const bool open = from.way != transcript_line::direction::note && !from.octets.ends_with('\n');
    const std::size_t head = lines.size() > most ? most / 2 : lines.size();
    const std::size_t tail = lines.size() > most ? lines.size() - (most - head - 1) : lines.size();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i == head)
            out.append(prefix).append("[... ").append(std::to_string(tail - head)).append(" more lines]\n");
        if (i < head || i >= tail)
            out.append(prefix)
                .append(printable(lines[i], longest_line))
                .append(open && i + 1 == lines.size() ? " [no line end]\n" : "\n");
    }
}

std::string prefix_of(const transcript_line& l, names n) {
    std::string prefix;
    if (n == names::shown && !l.session.empty())
        prefix.append(printable(l.session)).append(" ");
    return prefix.append(letter(l.way));
}

} // namespace

std::string show(const std::vector<transcript_line>& transcript) {
    if (transcript.empty())
        return {};
    const names n = needed(transcript);
    std::string out;
    for (const auto& l : transcript)
        append(out, prefix_of(l, n), l, all_lines);
    return out;
}

std::string show_around(const std::vector<transcript_line>& transcript, std::size_t at, std::size_t before,
                        std::size_t after) {
    if (transcript.empty())
        return {};
    const names n = needed(transcript);
    at = std::min(at, transcript.size() - 1);
    const std::size_t first = at - std::min(at, before);
    const std::size_t last = std::min(transcript.size() - 1, at + after);
    std::string out;
    if (first > 0)
        out += "  ...\n";
    for (std::size_t i = first; i <= last; ++i)
        append(out, (i == at ? "> " : "  ") + prefix_of(transcript[i], n), transcript[i],
               i == at ? most_lines_marked : most_lines_beside);
    if (last + 1 < transcript.size())
        out += "  ...\n";
    return out;
}

} // namespace mailspec::reports
