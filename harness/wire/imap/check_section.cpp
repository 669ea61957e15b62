#include "harness/rfc/catalogue.hpp"
#include "harness/wire/imap/checks.hpp"
#include "harness/wire/imap/numbers.hpp"
#include "harness/wire/imap/octets.hpp"

#include <algorithm>

namespace mailspec::wire::imap {

namespace req = rfc::req;

namespace {

/// The word in a section, cut after its part numbers: "1.2.HEADER" is {"1.2", "HEADER"}.
struct section_word {
    std::string_view parts;
    std::string_view text;
    bool dot_between = false;
};

section_word cut(std::string_view word) {
    const auto letter = std::find_if_not(word.begin(), word.end(), [](char c) { return is_digit(c) || c == '.'; });
    const auto size = static_cast<std::size_t>(letter - word.begin());
    section_word out{word.substr(0, size), word.substr(size)};
    if (!out.text.empty() && out.parts.ends_with('.')) {
        out.parts.remove_suffix(1);
        out.dot_between = true;
    }
    return out;
}

/// nz-number *("." nz-number)
bool is_section_part(std::string_view parts) {
    for (;;) {
        const std::size_t dot = parts.find('.');
        const std::string_view number = parts.substr(0, dot);
        if (number.starts_with('0') || !number32(number)) {
            return false;
        }
        if (dot == std::string_view::npos) {
            return true;
        }
        parts.remove_prefix(dot + 1);
    }
}

/// Holds the octets between "]" and the end: nothing, or "<" number ">".
bool is_origin(std::string_view octets) {
    const bool bracketed = octets.size() > 2 && octets.front() == '<' && octets.back() == '>';
    return octets.empty() || (bracketed && number32(octets.substr(1, octets.size() - 2)));
}

void check_header_list(checker& c, const node& section, const node* list) {
    if (!list || list->kind != value_kind::list || !list->child) {
        c.broken(req::imap_syntax_fetch_section, section, "section", "HEADER.FIELDS without a list of names");
        return;
    }
    for (const node& name : children(c.values(), *list)) {
        c.astring(name, "header field name");
    }
}

void check_word(checker& c, const node& section, const node& word) {
    const auto [parts, text, dot_between] = cut(c.raw(word));
    const bool good_parts = parts.empty() ? !dot_between : is_section_part(parts);
    const bool good_joint = text.empty() || parts.empty() || dot_between;
    if (word.kind != value_kind::atom || !good_parts || !good_joint) {
        c.broken(req::imap_syntax_fetch_section, section, "section", "no part number");
        return;
    }
    const bool fields = same_ci(text, "HEADER.FIELDS") || same_ci(text, "HEADER.FIELDS.NOT");
    const bool mime = same_ci(text, "MIME") && !parts.empty();
    const bool known = text.empty() || fields || mime || same_ci(text, "HEADER") || same_ci(text, "TEXT");
    const node* rest = c.values().next(word);
    if (!known) {
        c.broken(req::imap_syntax_fetch_section, section, "section", "none that the grammar knows");
    } else if (fields) {
        check_header_list(c, section, rest);
    } else {
        c.surplus(req::imap_syntax_fetch_section, rest, "section");
    }
}

} // namespace

void check_section(checker& c, const node& section) {
    const std::string_view whole = c.raw(section);
    const node* word = c.values().child(section);
    const std::size_t closing = whole.ends_with('>') ? whole.rfind("]<") : whole.rfind(']');
    const std::string_view origin = closing == std::string_view::npos ? "" : whole.substr(closing + 1);
    if (!is_origin(origin)) {
        c.broken(req::imap_syntax_fetch, section, "section", "what follows the bracket is no origin octet");
    }
    if (!word) {
        return;
    }
    if (!starts_with_ci(whole, "BINARY")) {
        check_word(c, section, *word);
    } else if (word->next || !is_section_part(c.raw(*word))) {
        c.broken(req::imap_syntax_fetch_section_binary, section, "section", "not only part numbers");
    }
}

} // namespace mailspec::wire::imap
