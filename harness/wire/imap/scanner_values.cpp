#include "harness/rfc/catalogue.hpp"
#include "harness/wire/imap/literal_header.hpp"
#include "harness/wire/imap/octets.hpp"
#include "harness/wire/imap/scanner.hpp"
#include "harness/wire/utf8.hpp"

#include <algorithm>

namespace mailspec::wire::imap {

namespace req = rfc::req;

void scanner::quoted() {
    const std::size_t first = ++pos_;
    bool escaped = false;
    bool reported = false;
    for (;;) {
        std::size_t i = pos_;
        while (i < end_ && !is(in_[i], octet_class::ends_quoted)) {
            ++i;
        }
        pos_ = i;
        if (at_line_end() || in_[pos_] == '\n') {
            end_open_quoted(first);
            return;
        }
        if (in_[pos_] == '"') {
            break;
        }
        if (in_[pos_] == '\\') {
            escaped = true;
        }
        reported = odd_octet_in_quoted(reported) || reported;
    }
    const std::uint32_t index = add(value_kind::quoted, first, pos_ - first);
    out_.nodes[index].escaped = escaped;
    ++pos_;
}

/// Steps over an escape or an octet that is not plain; gives true when it reported it.
bool scanner::odd_octet_in_quoted(bool reported) {
    const std::string_view rest = in_.substr(pos_, end_ - pos_);
    const char c = rest.front();
    const bool is_escape = c == '\\' && rest.size() > 1;
    const bool good_escape = is_escape && (rest[1] == '"' || rest[1] == '\\');
    const std::size_t character = good_escape ? 2 : utf8_character(rest);
    const bool good = good_escape || character > 1;
    if (!good && !reported) {
        const auto& broken = c == '\0' ? req::imap_syntax_nul : req::imap_syntax_quoted;
        report_(broken, pos_,
                is_escape ? "a backslash before an octet that needs none"
                          : "an octet that a quoted string may not hold",
                rest.substr(0, is_escape ? 2 : 1));
    }
    pos_ += std::max<std::size_t>(character, 1);
    return !good;
}

/// A quoted string that the line ends in; the header of a literal at the end of the line is not part of it.
void scanner::end_open_quoted(std::size_t first) {
    report_(req::imap_syntax_quoted, first - 1, "the quoted string is not closed before the end of the line");
    std::string_view seen = in_.substr(first, pos_ - first);
    if (seen.ends_with('\r')) {
        seen.remove_suffix(1);
    }
    if (const auto header = literal_header_at_end(seen)) {
        seen = seen.substr(0, header->at);
    }
    const std::uint32_t index = add(value_kind::quoted, first, seen.size());
    out_.nodes[index].escaped = seen.find('\\') != std::string_view::npos;
    pos_ = first + seen.size();
}

/// Gives false when no literal begins here, or the response ends before it does.
bool scanner::literal() {
    constexpr std::size_t longest = 64;
    const std::size_t length = in_.substr(pos_, longest).find('\n');
    if (length == std::string_view::npos) {
        return false;
    }
    const std::size_t line = pos_ + length;
    const std::size_t header_end = in_[line - 1] == '\r' ? line - 1 : line;
    const auto header = literal_header_at_end(in_.substr(pos_, header_end - pos_));
    if (!header || header->at != 0) {
        return false;
    }
    if (line >= end_ || header->octets > end_ - line - 1) {
        return false;
    }
    if (header_end == line) {
        report_(req::imap_syntax_crlf, line, "a lone LF behind the header of a literal");
    }
    if (header->plus) {
        report_(req::imap_syntax_literal_plus, pos_, "a non-synchronizing literal from a server");
    }
    const std::string_view content = in_.substr(line + 1, header->octets);
    if (!header->eight_bit && content.find('\0') != std::string_view::npos) {
        report_(req::imap_syntax_nul, line + 1 + content.find('\0'), "NUL in a literal that is no literal8");
    }
    add(header->eight_bit ? value_kind::literal8 : value_kind::literal, line + 1, content.size());
    pos_ = line + 1 + content.size();
    return true;
}

void scanner::atom(brackets b) {
    const std::size_t first = pos_;
    std::size_t i = first + (in_[first] == '\\' ? 1 : 0);
    std::uint8_t common = 0xff;
    for (; i < end_; ++i) {
        const char c = in_[i];
        const std::uint8_t bits = octet_bits(c);
        if ((bits & octet_class::ends_atom) != 0) {
            if (c == '[' && b == brackets::in_fetch_items && depth_ == 1 && i > first) {
                pos_ = i + 1;
                open(value_kind::section, first);
                return;
            }
            if ((c != '[' && c != ']') || closes_bracket(c)) {
                break;
            }
        }
        common &= bits;
    }
    pos_ = i;
    add(value_kind::atom, first, i - first);
    if ((common & octet_class::astring) == 0) {
        check_atom(first);
    }
}

/// Looks at an atom with an octet that no astring may have: a flag's backslash and the "*" of a set are right.
void scanner::check_atom(std::size_t first) {
    std::string_view seen = in_.substr(first, pos_ - first);
    const bool is_set = seen.find_first_not_of("0123456789:,*") == std::string_view::npos;
    if (is_set || seen == "\\*") {
        return;
    }
    const std::size_t backslash = seen.front() == '\\' ? 1 : 0;
    for (std::size_t i = backslash; i < seen.size(); ++i) {
        if (is(seen[i], octet_class::astring)) {
            continue;
        }
        if (seen[i] == '\0') {
            report_(req::imap_syntax_nul, first + i, "NUL in an atom");
        } else if (seen[i] == '{') {
            report_(req::imap_syntax_literal, first + i, "a brace that begins no literal", seen);
        } else {
            report_(req::imap_syntax_atom, first + i, "an octet that an atom may not hold", seen);
        }
        return;
    }
}

} // namespace mailspec::wire::imap
