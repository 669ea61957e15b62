#include "harness/wire/sieve/value_reader.hpp"

#include "harness/rfc/catalogue.hpp"
#include "harness/wire/imap/literal_header.hpp"
#include "harness/wire/utf8.hpp"

#include <algorithm>
#include <utility>

namespace mailspec::wire::sieve {
namespace {

namespace req = rfc::req;
using imap::node;
using imap::value_kind;

constexpr std::size_t longest_quoted = 1024; ///< RFC 5804 section 4, quoted
constexpr std::size_t longest_atom = 1024;   ///< the same, atom
constexpr int deepest_list = 64;
constexpr std::size_t most_values = 100000;
constexpr std::size_t most_findings = 64;

/// ATOM-CHAR: any CHAR except "(", ")", "{", SP, CTL, DQUOTE and "\".
bool atom_char(char c) { return c > ' ' && c < 0x7f && c != '(' && c != ')' && c != '{' && c != '"' && c != '\\'; }

node make(value_kind kind, std::size_t at, std::size_t size) {
    return {kind, false, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(size), 0, 0};
}

} // namespace

void value_reader::skip_spaces() {
    while (!at_end() && front() == ' ') {
        ++pos_;
    }
}

void value_reader::report(const rfc::requirement& broken, std::size_t where, std::string detail) {
    if (reported_++ < most_findings) {
        findings_.push_back({&broken, at_ + where, std::move(detail)});
    }
}

std::optional<std::size_t> value_reader::not_utf8(std::string_view s) {
    for (std::size_t i = 0; i < s.size();) {
        const auto size = utf8_character(s.substr(i));
        if (size == 0) {
            return i;
        }
        i += size;
    }
    return std::nullopt;
}

/// Adds a node behind `last`, or as the first child of `parent` where last is 0; gives its index.
std::size_t value_reader::add(std::size_t parent, std::size_t last, node made) {
    auto& nodes = tree_.nodes;
    nodes.push_back(made);
    const auto index = nodes.size() - 1;
    (last == 0 ? nodes[parent].child : nodes[last].next) = static_cast<std::uint32_t>(index);
    return index;
}

std::size_t value_reader::value(std::size_t parent, std::size_t last, int depth) {
    if (depth == deepest_list || tree_.nodes.size() == most_values) {
        truncated_ = true;
        const auto begin = std::exchange(pos_, end_);
        return add(parent, last, make(value_kind::atom, begin, end_ - begin));
    }
    switch (front()) {
    case '"': return quoted(parent, last);
    case '(': return list(parent, last, depth);
    case '{':
        if (const auto made = literal(parent, last)) {
            return *made;
        }
        [[fallthrough]];
    default: return atom(parent, last);
    }
}

std::size_t value_reader::quoted(std::size_t parent, std::size_t last) {
    const auto begin = ++pos_;
    bool escaped = false, closed = false;
    for (; !at_end() && !closed; ++pos_) {
        closed = front() == '"';
        if (front() == '\\') {
            escaped = true;
            pos_ += pos_ + 1 < end_ ? 1 : 0;
            if (front() != '"' && front() != '\\') {
                report(req::sieve_syntax_quoted, pos_, "a backslash before neither quote nor backslash");
            }
        }
    }
    auto made = make(value_kind::quoted, begin, pos_ - begin - (closed ? 1 : 0));
    made.escaped = escaped;
    if (!closed) {
        report(req::sieve_syntax_quoted, end_, "the quoted string does not end");
    }
    check_quoted(frame_.substr(begin, made.size), begin);
    return add(parent, last, made);
}

void value_reader::check_quoted(std::string_view content, std::size_t begin) {
    if (content.size() > longest_quoted) {
        report(req::sieve_syntax_quoted, begin + longest_quoted,
               "the quoted string has " + std::to_string(content.size()) + " octets");
    }
    if (const auto bad = content.find_first_of(std::string_view("\0\r", 2)); bad != std::string_view::npos) {
        report(req::sieve_syntax_quoted, begin + bad, "the quoted string holds NUL or CR");
    }
    if (const auto bad = not_utf8(content)) {
        report(req::sieve_syntax_quoted, begin + *bad, "the quoted string is not UTF-8");
    }
}

std::optional<std::size_t> value_reader::literal(std::size_t parent, std::size_t last) {
    const auto feed = frame_.find('\n', pos_);
    if (feed == std::string_view::npos || feed >= end_) {
        return std::nullopt;
    }
    const auto line = frame_.substr(pos_, feed - pos_ - (frame_[feed - 1] == '\r' ? 1 : 0));
    const auto header = imap::literal_header_at_end(line);
    if (!header || header->at != 0 || header->octets > end_ - feed - 1) {
        return std::nullopt;
    }
    if (header->plus) {
        report(req::sieve_syntax_literal, pos_ + header->size - 2, "the server sent a literal with \"+\"");
    }
    if (line[1] == '0' && line[2] != '}' && line[2] != '+') {
        report(req::sieve_syntax_number, pos_ + 1, "a number with a leading zero");
    }
    pos_ = feed + 1 + static_cast<std::size_t>(header->octets);
    return add(parent, last, make(value_kind::literal, feed + 1, static_cast<std::size_t>(header->octets)));
}

std::size_t value_reader::list(std::size_t parent, std::size_t last, int depth) {
    const auto begin = ++pos_;
    const auto made = add(parent, last, make(value_kind::list, begin, 0));
    std::size_t inner = 0;
    for (skip_spaces(); !at_end() && front() != ')'; skip_spaces()) {
        inner = value(made, inner, depth + 1);
    }
    tree_.nodes[made].size = static_cast<std::uint32_t>(pos_ - begin);
    if (!at_end()) {
        ++pos_;
    } else if (!truncated_) {
        report(req::sieve_syntax_response_code, pos_, "a parenthesis does not close");
    }
    return made;
}

std::size_t value_reader::atom(std::size_t parent, std::size_t last) {
    const auto begin = pos_++;
    pos_ = std::min(frame_.find_first_of(" ()\"", pos_), end_);
    const auto content = frame_.substr(begin, pos_ - begin);
    const auto bad = std::find_if_not(content.begin(), content.end(), atom_char);
    if (bad != content.end()) {
        report(req::sieve_syntax_atom, begin + static_cast<std::size_t>(bad - content.begin()),
               "an octet that no atom may hold");
    } else if (content.size() > longest_atom) {
        report(req::sieve_syntax_atom, begin + longest_atom, "an atom of more than 1024 octets");
    }
    return add(parent, last, make(value_kind::atom, begin, content.size()));
}

} // namespace mailspec::wire::sieve
