#include "harness/wire/imap/scanner.hpp"

#include "harness/rfc/catalogue.hpp"
#include "harness/wire/imap/known_codes.hpp"
#include "harness/wire/imap/octets.hpp"
#include "harness/wire/utf8.hpp"

namespace mailspec::wire::imap {

namespace req = rfc::req;

namespace {

constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }

} // namespace

scanner::scanner(std::string_view frame, tree& out, reporter& report) : in_(frame), out_(out), report_(report) {
    out_.rebase(frame);
    out_.nodes.clear();
    out_.nodes.push_back({value_kind::list, false, 0, 0, 0, 0});
    find_line_end();
}

void scanner::find_line_end() {
    end_ = in_.size();
    if (!in_.ends_with('\n')) {
        report_(req::imap_syntax_crlf, end_, "the response has no line end");
        return;
    }
    --end_;
    if (end_ == 0 || in_[end_ - 1] != '\r') {
        report_(req::imap_syntax_crlf, end_, "a lone LF ends the line");
    }
}

bool scanner::at_line_end() const { return pos_ >= end_ || (in_[pos_] == '\r' && pos_ + 1 == end_); }

scanner::word scanner::take_word() {
    const std::size_t first = pos_;
    const std::size_t last = text_end();
    std::size_t i = first;
    while (i < last && !is_blank(in_[i])) {
        ++i;
    }
    pos_ = i;
    return {first, i - first};
}

scanner::word scanner::take_name() {
    const std::size_t first = pos_;
    std::size_t i = first;
    while (i < end_ && !is(in_[i], octet_class::ends_atom)) {
        ++i;
    }
    pos_ = i;
    return {first, i - first};
}

bool scanner::take_one_space() {
    const bool there = peek() == ' ';
    pos_ += there ? 1 : 0;
    return there;
}

bool scanner::take_space() {
    const std::size_t first = pos_;
    while (!at_line_end() && is_blank(in_[pos_])) {
        ++pos_;
    }
    const std::string_view blanks = in_.substr(first, pos_ - first);
    if (blanks.size() > 1 || blanks == "\t") {
        report_(req::imap_syntax_space, first, "not exactly one space", blanks);
    }
    return !blanks.empty();
}

std::uint32_t scanner::add(value_kind kind, std::size_t at, std::size_t size) {
    const auto index = static_cast<std::uint32_t>(out_.nodes.size());
    out_.nodes.push_back({kind, false, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(size), 0, 0});
    (last_ ? out_.nodes[last_].next : out_.nodes[open_].child) = index;
    last_ = index;
    before_ = before::value;
    return index;
}

void scanner::open(value_kind kind, std::size_t at) {
    const std::uint32_t index = add(kind, at, 0);
    out_.nodes[index].next = open_;
    open_ = index;
    last_ = 0;
    ++depth_;
    before_ = before::opening;
}

void scanner::close(std::size_t end) {
    node& closed = out_.nodes[open_];
    closed.size = static_cast<std::uint32_t>(end - closed.at);
    last_ = open_;
    open_ = closed.next;
    closed.next = 0;
    --depth_;
    before_ = closed.kind == value_kind::list ? before::list : before::value;
}

void scanner::close_all() {
    if (depth_ > 0) {
        report_(req::imap_syntax_parentheses, pos_, "a parenthesis or bracket is still open at the end of the line");
    }
    while (depth_ > 0) {
        close(pos_);
    }
    surplus_ = 0;
}

void scanner::values(brackets b) {
    before_ = before::value;
    run(b);
    close_all();
}

void scanner::run(brackets b) {
    const std::size_t floor = depth_;
    while (depth_ >= floor) {
        const std::size_t gap = pos_;
        std::size_t i = gap;
        while (i < end_ && is_blank(in_[i])) {
            ++i;
        }
        pos_ = i;
        if (at_line_end()) {
            if (pos_ > gap) {
                report_(req::imap_syntax_space, gap, "space before the end of the line");
            }
            return;
        }
        check_gap(gap);
        one_value(b);
    }
}

void scanner::check_gap(std::size_t first) {
    const char c = in_[pos_];
    const std::string_view blanks = in_.substr(first, pos_ - first);
    if (c == ')' || closes_bracket(c)) {
        if (!blanks.empty()) {
            report_(req::imap_syntax_space, first, "space before a closing parenthesis or bracket");
        }
    } else if (before_ == before::opening) {
        if (!blanks.empty()) {
            report_(req::imap_syntax_space, first, "space after an opening parenthesis or bracket");
        }
    } else if (blanks.empty()) {
        if (before_ != before::list || c != '(') {
            report_(req::imap_syntax_space, first, "no space between two values");
        }
    } else if (blanks != " ") {
        report_(req::imap_syntax_space, first, "not exactly one space", blanks);
    }
}

bool scanner::closes_bracket(char c) const {
    return c == ']' && depth_ > 0 && out_.nodes[open_].kind != value_kind::list;
}

void scanner::one_value(brackets b) {
    const char c = in_[pos_];
    if (c == '(') {
        open_parenthesis();
    } else if (c == ')') {
        close_parenthesis();
    } else if (closes_bracket(c)) {
        close_bracket();
    } else if (c == '"') {
        quoted();
    } else if (c == '\r' || c == '\n') {
        report_(req::imap_syntax_crlf, pos_, "a line end in the midst of a response");
        ++pos_;
    } else if ((c != '{' && c != '~') || !literal()) {
        atom(b);
    }
}

void scanner::open_parenthesis() {
    ++pos_;
    if (depth_ < max_depth) {
        open(value_kind::list, pos_);
        return;
    }
    ++surplus_;
    flattened_ = true;
    before_ = before::opening;
}

void scanner::close_parenthesis() {
    if (surplus_ > 0) {
        --surplus_;
        before_ = before::list;
    } else if (depth_ > 0 && out_.nodes[open_].kind == value_kind::list) {
        close(pos_);
    } else {
        report_(req::imap_syntax_parentheses, pos_, "a closing parenthesis that was never opened");
        if (depth_ > 1) {
            close(pos_);
            return;
        }
    }
    ++pos_;
}

void scanner::close_bracket() {
    ++pos_;
    if (out_.nodes[open_].kind == value_kind::code) {
        close(pos_ - 1);
        return;
    }
    if (peek() == '<') {
        while (!at_line_end() && !is(in_[pos_], octet_class::ends_atom) && in_[pos_ - 1] != '>') {
            ++pos_;
        }
    }
    close(pos_);
}

void scanner::code() {
    if (peek() != '[') {
        return;
    }
    const std::string_view line = in_.substr(0, text_end());
    std::size_t name_end = pos_ + 1;
    while (name_end < line.size() && is(line[name_end], octet_class::atom)) {
        ++name_end;
    }
    const std::string_view name = line.substr(pos_ + 1, name_end - pos_ - 1);
    const std::size_t closing = line.find(']', name_end);
    const bool known = kind_of_code(name) == code_kind::with_arguments;
    const bool well_formed =
        !name.empty() && name_end < line.size() && (line[name_end] == ' ' || line[name_end] == ']');
    if (!known && (!well_formed || closing == std::string_view::npos)) {
        return;
    }
    ++pos_;
    open(value_kind::code, pos_);
    if (known) {
        run(brackets::plain);
        close_all();
        return;
    }
    report_.mute();
    const std::size_t line_end = end_;
    end_ = closing;
    run(brackets::plain);
    close_all();
    report_.unmute();
    out_.nodes[last_].size = static_cast<std::uint32_t>(closing - out_.nodes[last_].at);
    end_ = line_end;
    pos_ = closing + 1;
}

/// Where text to the end of the line ends.
std::size_t scanner::text_end() const {
    return end_ > pos_ && in_[end_ - 1] == '\r' && end_ < in_.size() ? end_ - 1 : end_;
}

bool scanner::text() {
    const std::size_t first = pos_;
    const std::string_view text = in_.substr(0, text_end());
    pos_ = text.size();
    add(value_kind::text, first, pos_ - first);
    for (std::size_t i = first; i < text.size();) {
        if (is(text[i], octet_class::text)) {
            ++i;
            continue;
        }
        const std::size_t octets = utf8_character(text.substr(i));
        if (text[i] == '\0') {
            report_(req::imap_syntax_nul, i, "NUL in text");
            break;
        }
        if (octets < 2) {
            report_(req::imap_syntax_text, i, "an octet that text may not hold", text.substr(i, 1));
            break;
        }
        i += octets;
    }
    return pos_ > first;
}

} // namespace mailspec::wire::imap
