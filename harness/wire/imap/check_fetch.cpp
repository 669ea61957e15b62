#include "harness/rfc/catalogue.hpp"
#include "harness/wire/imap/checks.hpp"
#include "harness/wire/imap/octets.hpp"

#include <array>

namespace mailspec::wire::imap {

namespace req = rfc::req;

namespace {

using item_check = void (*)(checker&, const node& value, std::string_view name);

void flags(checker& c, const node& v, std::string_view name) { c.flags(req::imap_syntax_fetch_flags, v, name); }
void uid(checker& c, const node& v, std::string_view name) { c.nz_number(v, name); }
void number(checker& c, const node& v, std::string_view name) { c.number(v, name); }
void number64(checker& c, const node& v, std::string_view name) { c.number64(v, name); }
void nstring(checker& c, const node& v, std::string_view name) { c.nstring(v, name); }
void envelope(checker& c, const node& v, std::string_view) { check_envelope(c, v); }
void body(checker& c, const node& v, std::string_view) { check_body(c, v, body_form::not_extensible); }
void bodystructure(checker& c, const node& v, std::string_view) { check_body(c, v, body_form::extensible); }

void internaldate(checker& c, const node& v, std::string_view name) {
    c.date_time(req::imap_syntax_fetch_internaldate, v, name);
}

void savedate(checker& c, const node& v, std::string_view name) {
    if (!c.is_nil(v)) {
        c.date_time(req::imap_syntax_fetch_savedate, v, name);
    }
}

void preview(checker& c, const node& v, std::string_view name) {
    if (!checker::is_string(v) && !c.is_nil(v)) {
        c.broken(req::imap_syntax_fetch_preview, v, name, "neither a string nor NIL");
    }
}

void binary(checker& c, const node& v, std::string_view name) {
    if (v.kind != value_kind::literal8 && !checker::is_string(v) && !c.is_nil(v)) {
        c.broken(req::imap_syntax_fetch_binary, v, name, "neither a string, a literal8 nor NIL");
    }
}

void modseq(checker& c, const node& v, std::string_view name) {
    const node* number = v.kind == value_kind::list ? c.values().child(v) : nullptr;
    if (!number || number->next) {
        c.broken(req::imap_syntax_fetch_modseq, v, name, "not one number in parentheses");
        return;
    }
    c.modseq(req::imap_syntax_fetch_modseq, *number, name);
}

void emailid(checker& c, const node& v, std::string_view name) { c.objectid(req::imap_syntax_fetch_emailid, v, name); }

void threadid(checker& c, const node& v, std::string_view name) {
    if (!c.is_nil(v)) {
        c.objectid(req::imap_syntax_fetch_threadid, v, name);
    }
}

struct known_item {
    std::string_view name;
    item_check check;
};

constexpr std::array<known_item, 15> items = {{
    {"FLAGS", flags},
    {"UID", uid},
    {"INTERNALDATE", internaldate},
    {"RFC822.SIZE", number64},
    {"ENVELOPE", envelope},
    {"BODYSTRUCTURE", bodystructure},
    {"BODY", body},
    {"MODSEQ", modseq},
    {"RFC822", nstring},
    {"RFC822.HEADER", nstring},
    {"RFC822.TEXT", nstring},
    {"EMAILID", emailid},
    {"THREADID", threadid},
    {"SAVEDATE", savedate},
    {"PREVIEW", preview},
}};

constexpr std::array<known_item, 3> sections = {{{"BODY", nstring}, {"BINARY", binary}, {"BINARY.SIZE", number}}};

template <std::size_t N> item_check find_check(const std::array<known_item, N>& among, std::string_view name) {
    for (const known_item& item : among) {
        if (same_ci(item.name, name)) {
            return item.check;
        }
    }
    return nullptr;
}

void check_section_item(checker& c, const node& name, const node& value) {
    const std::string_view whole = c.raw(name);
    const std::string_view word = whole.substr(0, whole.find('['));
    if (same_ci(word, "BODY.PEEK") || same_ci(word, "BINARY.PEEK")) {
        c.broken(req::imap_syntax_fetch, name, "item", "an answer has no PEEK");
    }
    if (const item_check known = find_check(sections, word)) {
        check_section(c, name);
        known(c, value, word);
    }
}

void check_item(checker& c, const node& name, const node& value) {
    if (name.kind == value_kind::section) {
        check_section_item(c, name, value);
    } else if (name.kind != value_kind::atom) {
        c.broken(req::imap_syntax_fetch, name, "item", "not the name of an item");
    } else if (const item_check known = find_check(items, c.raw(name))) {
        known(c, value, c.raw(name));
    }
}

} // namespace

void check_fetch(checker& c, const node& list) {
    if (!c.list(req::imap_syntax_fetch, list, "items")) {
        return;
    }
    const tree& t = c.values();
    if (!list.child) {
        c.broken(req::imap_syntax_fetch, list, "items", "an empty list");
    }
    cursor rest(t, t.child(list));
    while (const node* name = rest.take()) {
        const node* value = rest.take();
        if (!value) {
            c.missing(req::imap_syntax_fetch, checker::end(*name), "the value of an item");
            return;
        }
        check_item(c, *name, *value);
    }
}

} // namespace mailspec::wire::imap
