#include "harness/wire/imap/checker.hpp"

#include "harness/rfc/catalogue.hpp"
#include "harness/wire/ascii.hpp"
#include "harness/wire/imap/numbers.hpp"
#include "harness/wire/imap/octets.hpp"
#include "harness/wire/imap/sequence_set.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace mailspec::wire::imap {

namespace req = rfc::req;

namespace {

/// True for an atom with an octet that the scanner has reported already.
bool is_reported_atom(std::string_view octets) {
    return octets.front() != '\\' && octets.find_first_of("]*") == std::string_view::npos;
}

bool is_system_flag(std::string_view name) {
    constexpr std::array<std::string_view, 6> names = {"Answered", "Deleted", "Draft", "Flagged", "Recent", "Seen"};
    return std::any_of(names.begin(), names.end(), [&](std::string_view each) { return same_ci(each, name); });
}

} // namespace

std::size_t checker::start(const node& n) const {
    const std::string_view frame = values_.frame();
    switch (n.kind) {
    case value_kind::quoted:
    case value_kind::list:
    case value_kind::code: return n.at - 1;
    case value_kind::literal:
    case value_kind::literal8: {
        const std::size_t brace = frame.rfind('{', n.at - 1);
        return n.kind == value_kind::literal8 ? brace - 1 : brace;
    }
    default: return n.at;
    }
}

bool checker::broken(const rfc::requirement& r, const node& n, std::string_view what, std::string_view problem) {
    const bool is_list = n.kind == value_kind::list || n.kind == value_kind::code;
    const std::string detail = std::string(what) + ": " + std::string(problem);
    if (is_list) {
        report_(r, start(n), detail);
    } else {
        report_(r, start(n), detail, raw(n));
    }
    return false;
}

bool checker::missing(const rfc::requirement& r, std::size_t where, std::string_view what) {
    report_(r, where, std::string(what) + " is missing");
    return false;
}

void checker::surplus(const rfc::requirement& r, const node* first, std::string_view what) {
    if (first) {
        broken(r, *first, what, "more than the grammar has");
    }
}

bool checker::number(const node& n, std::string_view what) {
    const bool good = n.kind == value_kind::atom && number32(raw(n));
    return good || broken(req::imap_syntax_number, n, what, "no number of 32 bits");
}

bool checker::nz_number(const node& n, std::string_view what) {
    const bool good = n.kind == value_kind::atom && raw(n).front() != '0' && number32(raw(n));
    return good || broken(req::imap_syntax_nz_number, n, what, "no number from one of 32 bits");
}

bool checker::number64(const node& n, std::string_view what) {
    const bool good = n.kind == value_kind::atom && number63(raw(n));
    return good || broken(req::imap_syntax_number64, n, what, "no number of 63 bits");
}

bool checker::modseq(const rfc::requirement& r, const node& n, std::string_view what) {
    const bool good = n.kind == value_kind::atom && number63(raw(n)).value_or(0) > 0;
    return good || broken(r, n, what, "no number from one of 63 bits");
}

bool checker::string(const node& n, std::string_view what) {
    if (n.kind == value_kind::literal8) {
        return broken(req::imap_syntax_literal8, n, what, "a literal8");
    }
    return is_string(n) || broken(req::imap_syntax_string, n, what, "no string");
}

bool checker::nstring(const node& n, std::string_view what) {
    if (is_string(n) || is_nil(n)) {
        return true;
    }
    if (n.kind == value_kind::literal8) {
        return broken(req::imap_syntax_literal8, n, what, "a literal8");
    }
    return broken(req::imap_syntax_nstring, n, what, "neither a string nor NIL");
}

bool checker::astring(const node& n, std::string_view what) {
    if (n.kind == value_kind::atom) {
        const bool odd = raw(n).front() == '\\' || raw(n).find('*') != std::string_view::npos;
        return !odd || broken(req::imap_syntax_astring, n, what, "neither an atom nor a string");
    }
    return is_string(n) || broken(req::imap_syntax_astring, n, what, "neither an atom nor a string");
}

bool checker::mailbox(const node& n) {
    const bool named = n.kind == value_kind::atom && raw(n).front() != '\\';
    return named || is_string(n) || broken(req::imap_syntax_mailbox, n, "mailbox", "neither an atom nor a string");
}

bool checker::atom(const rfc::requirement& r, const node& n, std::string_view what) {
    const std::string_view octets = raw(n);
    const bool good = n.kind == value_kind::atom && (all(octets, octet_class::atom) || is_reported_atom(octets));
    return good || broken(r, n, what, "no atom");
}

bool checker::list(const rfc::requirement& r, const node& n, std::string_view what) {
    return n.kind == value_kind::list || broken(r, n, what, "no parenthesized list");
}

bool checker::objectid(const rfc::requirement& r, const node& n, std::string_view what) {
    const node* id = n.kind == value_kind::list ? values_.child(n) : nullptr;
    const std::string_view octets = id ? raw(*id) : std::string_view();
    const bool good =
        id && id->kind == value_kind::atom && !id->next && octets.size() <= 255 &&
        std::all_of(octets.begin(), octets.end(), [](char c) { return is_letter_or_digit(c) || c == '_' || c == '-'; });
    return good || broken(r, n, what, "no object identifier in parentheses");
}

bool checker::delimiter(const rfc::requirement& r, const node& n) {
    const bool one = n.kind == value_kind::quoted && n.size == (n.escaped ? 2u : 1u);
    const bool utf8 =
        n.kind == value_kind::quoted && n.size > 1 && n.size <= 4 && static_cast<unsigned char>(raw(n).front()) >= 0xc2;
    return one || utf8 || is_nil(n) || broken(r, n, "delimiter", "neither one quoted character nor NIL");
}

bool checker::uid_set(const node& n, std::string_view what) {
    const bool good = n.kind == value_kind::atom && is_uid_set(raw(n));
    return good || broken(req::imap_syntax_uid_set, n, what, "no set of UIDs");
}

bool checker::sequence_set(const node& n, std::string_view what) {
    const bool good = n.kind == value_kind::atom && is_sequence_set(raw(n));
    return good || broken(req::imap_syntax_sequence_set, n, what, "no sequence set");
}

bool checker::flag(const node& n) {
    const std::string_view flag = raw(n);
    const std::string_view name = flag.substr(n.size > 1 && flag.front() == '\\' ? 1 : 0);
    const bool good = n.kind == value_kind::atom && (all(name, octet_class::atom) || is_reported_atom(name));
    if (!good)
        return broken(req::imap_syntax_flag, n, "flag", "neither an atom nor a backslash and an atom");
    return flag.front() != '\\' || is_system_flag(name) ||
           broken(req::imap_syntax_flag_undefined, n, "flag", "a backslash before a word that no standard defines");
}

void checker::flags(const rfc::requirement& r, const node& n, std::string_view what) {
    if (!list(r, n, what)) {
        return;
    }
    for (const node& f : children(values_, n)) {
        if (!flag(f)) {
            return;
        }
    }
}

void checker::permanent_flags(const rfc::requirement& r, const node& n, std::string_view what) {
    if (!list(r, n, what)) {
        return;
    }
    for (const node& f : children(values_, n)) {
        if (raw(f) != "\\*" && !flag(f)) {
            return;
        }
    }
}

bool checker::blank_before(const node& n) const {
    const std::size_t first = start(n);
    return first > 0 && (values_.frame()[first - 1] == ' ' || values_.frame()[first - 1] == '\t');
}

void checker::apart(const rfc::requirement& r, const node* first) {
    for (const node* n = first ? values_.next(*first) : nullptr; n; n = values_.next(*n)) {
        if (n->kind == value_kind::list && values_.frame()[start(*n) - 1] == ')') {
            broken(r, *n, "list", "no space before it");
            return;
        }
    }
}

void checker::together(const rfc::requirement& r, const node* first) {
    bool after_list = false;
    for (const node& n : node_range(values_, first)) {
        const bool is_list = n.kind == value_kind::list;
        if (after_list && (!is_list || blank_before(n))) {
            if (is_list) {
                broken(r, n, "list", "a space before it");
            }
            return;
        }
        after_list = is_list;
    }
}

} // namespace mailspec::wire::imap
