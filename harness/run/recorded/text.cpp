#include "harness/run/recorded/text.hpp"

#include "harness/wire/ascii.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <utility>

namespace mailspec::run::recorded {
namespace {

constexpr std::string_view blanks = " \t";
constexpr std::size_t longest_escape = std::string_view("\\u{10ffff}").size();

bool is_name(std::string_view word) {
    return !word.empty() && std::all_of(word.begin(), word.end(),
                                        [](char c) { return wire::is_letter_or_digit(c) || c == '_' || c == '-'; });
}

std::optional<std::uint32_t> hexadecimal(std::string_view digits) {
    std::uint32_t value = 0;
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (digits.empty() || failed != std::errc() || end != digits.data() + digits.size())
        return std::nullopt;
    return value;
}

void append_utf8(std::uint32_t c, std::string& out) {
    const auto tail = [&](unsigned shift) { out += static_cast<char>(0x80u | ((c >> shift) & 0x3fu)); };
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xc0u | c >> 6);
        tail(0);
    } else if (c < 0x10000) {
        out += static_cast<char>(0xe0u | c >> 12);
        tail(6);
        tail(0);
    } else {
        out += static_cast<char>(0xf0u | c >> 18);
        tail(12);
        tail(6);
        tail(0);
    }
}

/// Takes what begins with a backslash; gives how many octets of it are an escape, and appends what that stands for.
std::size_t take_escape(std::string_view text, std::string& out) {
    static constexpr std::pair<char, char> simple[] = {
        {'r', '\r'}, {'n', '\n'}, {'t', '\t'}, {'0', '\0'}, {'\\', '\\'}};
    if (text.size() < 2)
        return 0;
    for (const auto& [letter, octet] : simple)
        if (text[1] == letter) {
            out += octet;
            return 2;
        }
    if (text[1] == 'x' && text.size() >= 4)
        if (const auto value = hexadecimal(text.substr(2, 2))) {
            out += static_cast<char>(*value);
            return 4;
        }
    if (!text.starts_with("\\u{"))
        return 0;
    const auto end = text.substr(0, longest_escape).find('}');
    if (end == std::string_view::npos)
        return 0;
    const auto value = hexadecimal(text.substr(3, end - 3));
    if (!value || *value > 0x10ffff)
        return 0;
    append_utf8(*value, out);
    return end + 1;
}

} // namespace

std::string_view trimmed(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    return text.substr(0, text.find_last_not_of(" \t\r\f") + 1);
}

std::optional<said> read_said(std::string_view text) {
    said out;
    out.indented = std::min(text.find_first_not_of(" \t>"), text.size());
    text.remove_prefix(out.indented);
    for (const std::string_view both : {"C & S:", "S & C:", "C/S:"})
        if (text.starts_with(both))
            return said{out.indented, {}, '-', text.substr(both.size())};
    if (const auto space = text.find(' ');
        space != std::string_view::npos && is_name(text.substr(0, space)) && space + 3 <= text.size()) {
        const auto next = text.substr(space + 1);
        if (next.starts_with("C:") || next.starts_with("S:") || next.starts_with("-- ")) {
            out.session = text.substr(0, space);
            text = next;
        }
    }
    if (text.starts_with("-- "))
        out.behind = text.substr(3);
    else if (text.starts_with("C:") || text.starts_with("S:")) {
        out.who = text[0];
        out.behind = text.substr(2);
    } else
        return std::nullopt;
    return out;
}

std::string unescaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto taken = text.front() == '\\' ? take_escape(text, out) : 0;
        if (taken == 0)
            out += text.front();
        text.remove_prefix(std::max<std::size_t>(taken, 1));
    }
    return out;
}

/// \Noselect and \trash are no escapes, and \\ is IMAP's own.
bool seems_escaped(std::string_view text) {
    const auto is_letter = [&](std::size_t at) { return at < text.size() && is_name(text.substr(at, 1)); };
    for (auto at = text.find('\\'); at != std::string_view::npos; at = text.find('\\', at + 1)) {
        std::string ignored;
        const auto taken = take_escape(text.substr(at), ignored);
        if (taken > 2 || (taken == 2 && text[at + 1] != '\\' && !is_letter(at + 2)))
            return true;
    }
    return false;
}

bool is_placeholder(std::string_view text) {
    text = trimmed(text);
    const bool dots = text.size() >= 3 && text.find_first_not_of(". ") == std::string_view::npos &&
                      std::count(text.begin(), text.end(), '.') >= 3;
    const auto opens = text.starts_with('<') && text.ends_with('>');
    const bool remark = (opens && text.find(' ') != std::string_view::npos) || text.starts_with("[...");
    return dots || remark || text.find("[... ") != std::string_view::npos;
}

bool seems_typeset(std::string_view text) {
    static constexpr std::string_view marks[] = {"\u2018", "\u2019", "\u201c", "\u201d", "\u2026", "\u00a0"};
    return std::any_of(std::begin(marks), std::end(marks),
                       [&](auto mark) { return text.find(mark) != std::string_view::npos; });
}

std::string without_entities(std::string_view text) {
    static constexpr std::pair<std::string_view, char> all[] = {
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}};
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto* known =
            std::find_if(std::begin(all), std::end(all), [&](const auto& e) { return text.starts_with(e.first); });
        out += known != std::end(all) ? known->second : text.front();
        text.remove_prefix(known != std::end(all) ? known->first.size() : 1);
    }
    return out;
}

} // namespace mailspec::run::recorded
