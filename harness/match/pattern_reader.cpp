#include "harness/match/pattern_reader.hpp"

#include "harness/match/ascii.hpp"

#include <algorithm>
#include <charconv>

namespace mailspec::match {

bool value_pattern::is_constant() const {
    if (what == form::rest)
        return false;
    return std::all_of(parts.begin(), parts.end(), [](const piece& p) { return p.what == piece::form::octets; }) &&
           std::all_of(children.begin(), children.end(), [](const value_pattern& v) { return v.is_constant(); });
}

std::string_view value_pattern::constant() const {
    const bool one = what == form::word && parts.size() == 1 && parts.front().what == piece::form::octets;
    return one ? std::string_view(parts.front().octets) : std::string_view();
}

std::size_t esearch_prefix(const value_pattern& values) {
    std::size_t n = 0;
    const auto& all = values.children;
    const bool is_hole = !all.empty() && all[0].parts.size() == 1 && all[0].parts[0].wanted == kind::list;
    if (!all.empty() && (all[0].what == value_pattern::form::list || is_hole))
        ++n;
    if (n < all.size() && same_letters(all[n].constant(), "UID"))
        ++n;
    return n;
}

void pattern_reader::skip_space() {
    while (peek() == ' ' || peek() == '\t')
        ++at_;
}

void pattern_reader::fail(std::size_t at, std::string message) {
    if (!error_)
        error_ = syntax_error{at, std::move(message)};
}

std::string_view pattern_reader::plain_word() const {
    std::size_t end = at_;
    while (end < source_.size() && std::string_view(" \t()[]\"${").find(source_[end]) == std::string_view::npos)
        ++end;
    return source_.substr(at_, end - at_);
}

void pattern_reader::hole(pieces& out) {
    auto parsed = parse_placeholder(source_, at_);
    if (auto* error = std::get_if<syntax_error>(&parsed))
        return fail(error->at, std::move(error->message));
    auto& p = std::get<placeholder>(parsed);
    piece made;
    made.what = p.form == placeholder::form::value ? piece::form::value
                : p.form == placeholder::form::any ? piece::form::any
                                                   : piece::form::rest;
    made.value = std::move(p.value);
    made.wanted = p.wanted;
    made.at = p.at;
    at_ = p.end;
    out.push_back(std::move(made));
}

void pattern_reader::octet(pieces& out) {
    if (out.empty() || out.back().what != piece::form::octets) {
        out.emplace_back();
        out.back().at = at_;
    }
    out.back().octets += source_[at_++];
}

void pattern_reader::quoted(value_pattern& out) {
    const std::size_t start = at_++;
    out.what = value_pattern::form::quoted;
    while (!done() && peek() != '"') {
        if (rest().starts_with("${")) {
            hole(out.parts);
            continue;
        }
        if (peek() == '\\' && at_ + 1 < source_.size())
            ++at_;
        octet(out.parts);
    }
    if (peek() != '"')
        return fail(start, "this string is never closed by \"");
    ++at_;
}

void pattern_reader::word(value_pattern& out, inside where) {
    const std::size_t start = at_;
    std::size_t open = 0;
    int brackets = 0;
    while (!done()) {
        const char c = peek();
        if (rest().starts_with("${")) {
            hole(out.parts);
            continue;
        }
        if (brackets == 0 && (c == ' ' || c == '\t' || c == '(' || c == ')' || c == '"'))
            break;
        if (brackets == 0 && c == ']' && where == inside::brackets)
            break;
        if (c == '{' && at_ == start)
            return fail(at_, "write a literal's octets as a string or as ${literal(name)}, not as {n}");
        if (c == '[' && brackets++ == 0)
            open = at_;
        if (c == ']' && brackets > 0)
            --brackets;
        if (c == '"') // BODY[HEADER.FIELDS ("To")] is BODY[HEADER.FIELDS (To)]
            ++at_;
        else
            octet(out.parts);
    }
    if (brackets > 0)
        fail(open, "this [ is never closed by ]");
    if (out.parts.size() == 1 && out.parts.front().what == piece::form::rest)
        out.what = value_pattern::form::rest;
    const std::string_view text = out.constant();
    if (text.starts_with('#') && all_digits(text.substr(1)) && text.size() < 11) {
        out.what = value_pattern::form::message;
        std::from_chars(text.data() + 1, text.data() + text.size(), out.number);
    }
}

value_pattern pattern_reader::value(inside where, int depth) {
    value_pattern out;
    out.at = at_;
    if (depth > 64) {
        fail(at_, "lists are nested too deeply here");
    } else if (peek() == '(') {
        const std::size_t start = at_++;
        out.what = value_pattern::form::list;
        out.children = values(inside::line, depth + 1);
        if (!error_ && peek() != ')')
            fail(start, "this ( is never closed by )");
        ++at_;
    } else if (peek() == '"') {
        quoted(out);
    } else {
        word(out, where);
    }
    return out;
}

std::vector<value_pattern> pattern_reader::values(inside where, int depth) {
    std::vector<value_pattern> out;
    for (skip_space(); !done(); skip_space()) {
        if (peek() == ')' || (peek() == ']' && where == inside::brackets))
            break;
        out.push_back(value(where, depth));
    }
    return out;
}

pieces pattern_reader::line() {
    pieces out;
    while (!done()) {
        if (rest().starts_with("${"))
            hole(out);
        else
            octet(out);
    }
    return out;
}

void collect_uses(const pieces& parts, std::vector<pattern::name_use>& out) {
    for (const piece& p : parts) {
        if (p.what != piece::form::value)
            continue;
        std::vector<std::pair<std::string, std::size_t>> names;
        collect_names(p.value, names);
        for (auto& [name, at] : names)
            out.push_back({std::move(name), at, p.value.is_plain_name()});
    }
}

void collect_uses(const value_pattern& value, std::vector<pattern::name_use>& out) {
    collect_uses(value.parts, out);
    for (const value_pattern& child : value.children)
        collect_uses(child, out);
}

bool has_values(const pieces& parts) {
    return std::any_of(parts.begin(), parts.end(),
                       [](const piece& p) { return p.what == piece::form::value || p.what == piece::form::any; });
}

} // namespace mailspec::match
