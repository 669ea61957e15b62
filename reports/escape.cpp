#include "reports/escape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

namespace mailspec::reports {
namespace {

struct decoded {
    char32_t character = 0;
    std::size_t length = 0; ///< in octets; 0: no UTF-8
};

std::uint8_t octet(std::string_view text, std::size_t at) { return static_cast<std::uint8_t>(text[at]); }

bool is_continuation(std::uint8_t o) { return (o & 0xC0U) == 0x80U; }

/// Reads one character of more than one octet; refuses overlong forms, surrogates and what lies above U+10FFFF.
decoded decode(std::string_view text) {
    static constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
    const std::uint8_t first = octet(text, 0);
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length)
        return {};
    char32_t character = first & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if (!is_continuation(octet(text, i)))
            return {};
        character = (character << 6U) | (octet(text, i) & 0x3FU);
    }
    if (character < smallest[length] || character > 0x10FFFF || (character >= 0xD800 && character <= 0xDFFF))
        return {};
    return {character, length};
}

/// Controls of the upper half, zero-width and direction marks, line separators, non-characters.
bool deceives(char32_t c) {
    return (c >= 0x80 && c <= 0x9F) || c == 0xAD || c == 0x061C || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
           (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFEU) == 0xFFFEU ||
           (c >= 0xE0000 && c <= 0xE007F);
}

/// After a backslash that stands for itself: would it and what follows read as an escape?
bool reads_as_escape(std::string_view after_backslash) {
    if (after_backslash.empty())
        return false;
    const std::uint8_t next = octet(after_backslash, 0);
    return next < 0x20 || next >= 0x7F ||
           std::string_view("rnt0xu\\").find(after_backslash[0]) != std::string_view::npos;
}

enum class backslash { doubled_where_ambiguous, kept };

void append_ascii(std::string& out, std::string_view rest, backslash policy) {
    switch (rest[0]) {
    case '\r': out += "\\r"; return;
    case '\n': out += "\\n"; return;
    case '\t': out += "\\t"; return;
    case '\0': out += "\\0"; return;
    case '\\':
        out += policy == backslash::doubled_where_ambiguous && reads_as_escape(rest.substr(1)) ? "\\\\" : "\\";
        return;
    default: break;
    }
    if (octet(rest, 0) < 0x20 || octet(rest, 0) == 0x7F)
        fmt::format_to(std::back_inserter(out), "\\x{:02X}", octet(rest, 0));
    else
        out += rest[0];
}

/// Gives how many octets it took.
std::size_t append_wide(std::string& out, std::string_view rest) {
    const decoded d = decode(rest);
    if (d.length == 0) {
        fmt::format_to(std::back_inserter(out), "\\x{:02X}", octet(rest, 0));
        return 1;
    }
    if (deceives(d.character))
        fmt::format_to(std::back_inserter(out), "\\u{{{:04X}}}", static_cast<std::uint32_t>(d.character));
    else
        out += rest.substr(0, d.length);
    return d.length;
}

std::string escaped(std::string_view octets, backslash policy) {
    std::string out;
    out.reserve(octets.size() + octets.size() / 8);
    for (std::size_t at = 0; at < octets.size();) {
        if (octet(octets, at) < 0x80)
            append_ascii(out, octets.substr(at++), policy);
        else
            at += append_wide(out, octets.substr(at));
    }
    return out;
}

std::string marked_up(std::string_view text, std::string_view line_break) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        for (const char c : escaped(text.substr(at, end - at), backslash::kept)) {
            switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            default: out += c;
            }
        }
        if (end < text.size())
            out += line_break;
        at = end + 1;
    }
    return out;
}

} // namespace

std::string printable(std::string_view octets) { return escaped(octets, backslash::doubled_where_ambiguous); }

std::string our_words(std::string_view text) { return escaped(text, backslash::kept); }

std::string printable(std::string_view octets, std::size_t limit) {
    if (octets.size() <= limit)
        return printable(octets);
    std::size_t end = limit;
    while (end > 0 && limit - end < 4 && is_continuation(octet(octets, end)))
        --end;
    return fmt::format("{} [... {} more octets]", printable(octets.substr(0, end)), octets.size() - end);
}

std::string_view without_line_end(std::string_view octets) {
    constexpr std::string_view line_end = "\r\n";
    if (octets.ends_with(line_end))
        octets.remove_suffix(line_end.size());
    return octets;
}

std::string xml_text(std::string_view text) { return marked_up(text, "\n"); }

std::string xml_attribute(std::string_view text) { return marked_up(text, "&#10;"); }

} // namespace mailspec::reports
