#include "harness/serve/altered_answer.hpp"

#include "harness/wire/ascii.hpp"

#include <algorithm>

namespace mailspec::serve {

namespace {

constexpr std::string_view anything = "...";
constexpr std::string_view stand_in = "T"; ///< for the tag
constexpr std::string_view line_end = "\r\n";

bool same(char a, char b) { return a == b; }
bool same_but_for_case(char a, char b) { return wire::upper(a) == wire::upper(b); }

using equality = bool (*)(char, char);
using parts = std::vector<std::string_view>;

/// Fits the text to the pattern; `stood_for` gets what each "..." stands for, the earlier ones as little as can be.
bool fits(std::string_view pattern, std::string_view text, equality equal, parts& stood_for) {
    const auto open = pattern.find(anything);
    const auto plain = pattern.substr(0, open);
    if (plain.size() > text.size() || !std::equal(plain.begin(), plain.end(), text.begin(), equal))
        return false;
    text.remove_prefix(plain.size());
    if (open == pattern.npos)
        return text.empty();
    pattern.remove_prefix(open + anything.size());
    for (std::size_t size = pattern.empty() ? text.size() : 0; size <= text.size(); ++size) {
        stood_for.push_back(text.substr(0, size));
        if (fits(pattern, text.substr(size), equal, stood_for))
            return true;
        stood_for.pop_back();
    }
    return false;
}

std::string filled(std::string_view pattern, const parts& stood_for) {
    std::string out;
    for (std::size_t n = 0;; ++n) {
        const auto open = pattern.find(anything);
        out += pattern.substr(0, open);
        if (open == pattern.npos)
            return out;
        if (n < stood_for.size())
            out += stood_for[n];
        pattern.remove_prefix(open + anything.size());
    }
}

/// Puts what stands for it where the tag begins a line, or the other way round.
std::string with_first_word(std::string_view lines, std::string_view from, std::string_view to) {
    std::string out;
    while (!lines.empty()) {
        const auto end = lines.find(line_end);
        const auto line = lines.substr(0, end == lines.npos ? end : end + line_end.size());
        const bool begins = line.starts_with(from) && line.substr(from.size()).starts_with(' ');
        out.append(begins ? to : std::string_view{}).append(line.substr(begins ? from.size() : 0));
        lines.remove_prefix(line.size());
    }
    return out;
}

} // namespace

answer_alterer::answer_alterer(std::span<const altered_answer> table, const mischief& breaches, wire::protocol spoken) {
    for (const auto& row : table)
        if (breaches.breaks(*row.broken) && row.only.value_or(spoken) == spoken)
            rows_.push_back(&row);
}

std::optional<std::string> answer_alterer::alter_line(std::string_view command, std::string_view line) const {
    for (const auto* row : rows_) {
        parts of_command, of_line;
        if (fits(row->command, command, same_but_for_case, of_command) && fits(row->right, line, same, of_line))
            return filled(row->said, of_line);
    }
    return std::nullopt;
}

std::string answer_alterer::alter(std::string_view command, std::string_view answer, std::string_view tag) const {
    std::string out;
    while (!answer.empty()) {
        const auto end = answer.find(line_end);
        const auto whole = answer.substr(0, end == answer.npos ? end : end + line_end.size());
        const auto line = answer.substr(0, end);
        answer.remove_prefix(whole.size());
        const auto altered =
            alter_line(command, tag.empty() ? std::string(line) : with_first_word(line, tag, stand_in));
        if (!altered)
            out += whole;
        else if (!altered->empty())
            out.append(tag.empty() ? *altered : with_first_word(*altered, stand_in, tag)).append(line_end);
    }
    return out;
}

} // namespace mailspec::serve
