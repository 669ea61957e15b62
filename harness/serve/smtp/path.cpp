#include "harness/serve/smtp/path.hpp"

#include "harness/wire/ascii.hpp"

#include <algorithm>

namespace mailspec::serve::smtp {

namespace {

constexpr std::size_t local_limit = 64; ///< RFC 5321 section 4.5.3.1
constexpr std::size_t domain_limit = 255;

bool is_atext(char c) {
    return wire::is_letter_or_digit(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

bool is_printable(char c) { return c > ' ' && c < '\x7f'; }

bool is_dot_string(std::string_view text) {
    return !text.empty() && text.front() != '.' && text.back() != '.' && text.find("..") == text.npos &&
           std::ranges::all_of(text, [](char c) { return c == '.' || is_atext(c); });
}

bool is_domain(std::string_view text) {
    if (text.empty() || text.size() > domain_limit)
        return false;
    for (;;) {
        auto dot = text.find('.');
        auto label = text.substr(0, dot);
        if (label.empty() || label.front() == '-' || label.back() == '-' ||
            !std::ranges::all_of(label, [](char c) { return c == '-' || wire::is_letter_or_digit(c); }))
            return false;
        if (dot == text.npos)
            return true;
        text.remove_prefix(dot + 1);
    }
}

bool is_address_literal(std::string_view text) {
    return text.size() > 2 && text.front() == '[' && text.back() == ']' &&
           std::ranges::all_of(text.substr(1, text.size() - 2),
                               [](char c) { return is_printable(c) && c != '[' && c != ']' && c != '\\'; });
}

/// Where the Quoted-string at the front ends, behind its quote; npos: it is none.
std::size_t end_of_quoted(std::string_view text) {
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] < ' ' || text[i] > '~')
            return text.npos;
        if (text[i] == '"')
            return i + 1;
        if (text[i] == '\\')
            ++i;
    }
    return text.npos;
}

std::string unquote(std::string_view text) {
    std::string plain;
    for (std::size_t i = 1; i + 1 < text.size(); ++i)
        plain += text[i] == '\\' ? text[++i] : text[i];
    return plain;
}

/// Takes the source route off: "@a,@b:" (it must be accepted and should be ignored).
bool skip_route(std::string_view& text) {
    if (!text.starts_with('@'))
        return true;
    auto colon = text.find(':');
    if (colon == text.npos)
        return false;
    for (auto route = text.substr(0, colon); !route.empty();) {
        auto comma = route.find(',');
        if (route.front() != '@' || !is_domain(route.substr(1, comma == route.npos ? comma : comma - 1)))
            return false;
        route.remove_prefix(comma == route.npos ? route.size() : comma + 1);
    }
    text.remove_prefix(colon + 1);
    return true;
}

/// Where the path at the front ends, behind its ">"; npos: nowhere.
std::size_t end_of_path(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '>')
            return i + 1;
        if (text[i] != '"')
            continue;
        auto quoted = end_of_quoted(text.substr(i));
        if (quoted == text.npos)
            return text.npos;
        i += quoted - 1;
    }
    return text.npos;
}

std::optional<path> parse_path(std::string_view text, side s) {
    if (text.size() < 2 || text.front() != '<' || text.back() != '>')
        return std::nullopt;
    text = text.substr(1, text.size() - 2);
    if (text.empty())
        return s == side::reverse ? std::optional(path{}) : std::nullopt;
    if (s == side::forward && wire::same_ci(text, "postmaster"))
        return path{"postmaster", ""};
    return skip_route(text) ? parse_mailbox(text) : std::nullopt;
}

std::optional<parameter> parse_parameter(std::string_view word) {
    auto equals = word.find('=');
    auto keyword = word.substr(0, equals);
    if (keyword.empty() || keyword.front() == '-' ||
        !std::ranges::all_of(keyword, [](char c) { return c == '-' || wire::is_letter_or_digit(c); }))
        return std::nullopt;
    if (equals == word.npos)
        return parameter{wire::in_capitals(keyword), std::nullopt};
    auto value = word.substr(equals + 1);
    if (value.empty() || !std::ranges::all_of(value, [](char c) { return is_printable(c) && c != '='; }))
        return std::nullopt;
    return parameter{wire::in_capitals(keyword), std::string(value)};
}

} // namespace

bool is_host(std::string_view text) { return is_domain(text) || is_address_literal(text); }

std::optional<path> parse_mailbox(std::string_view text) {
    auto quoted = text.starts_with('"');
    auto local_end = quoted ? end_of_quoted(text) : text.find('@');
    if (local_end >= text.size() || text[local_end] != '@' || local_end > local_limit)
        return std::nullopt;
    auto local = text.substr(0, local_end);
    auto domain = text.substr(local_end + 1);
    if ((!quoted && !is_dot_string(local)) || !is_host(domain))
        return std::nullopt;
    return path{quoted ? unquote(local) : std::string(local), std::string(domain)};
}

std::string path::text() const {
    std::string out = "<";
    if (local.empty() || is_dot_string(local)) {
        out += domain.empty() || !local.empty() ? local : "\"\"";
    } else {
        out += '"';
        for (char c : local)
            (c == '"' || c == '\\' ? out += '\\' : out) += c;
        out += '"';
    }
    return domain.empty() ? out + '>' : out + '@' + domain + '>';
}

std::optional<path_argument> parse_path_argument(std::string_view text, side s) {
    auto end = end_of_path(text);
    if (end == text.npos)
        return std::nullopt;
    auto address = parse_path(text.substr(0, end), s);
    if (!address)
        return std::nullopt;
    path_argument parsed{std::move(*address), {}};
    for (text.remove_prefix(end); !text.empty();) {
        if (text.front() != ' ')
            return std::nullopt;
        auto next = text.find(' ', 1);
        auto word = parse_parameter(text.substr(1, next == text.npos ? next : next - 1));
        if (!word)
            return std::nullopt;
        parsed.parameters.push_back(std::move(*word));
        text.remove_prefix(next == text.npos ? text.size() : next);
    }
    return parsed;
}

} // namespace mailspec::serve::smtp
