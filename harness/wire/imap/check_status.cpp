#include "harness/rfc/catalogue.hpp"
#include "harness/wire/imap/checks.hpp"
#include "harness/wire/imap/numbers.hpp"
#include "harness/wire/imap/octets.hpp"

#include <array>

namespace mailspec::wire::imap {

namespace req = rfc::req;

namespace {

enum class form { number, number64, modseq, objectid, number_or_nil };

struct status_item {
    std::string_view name;
    form is;
};

constexpr std::array<status_item, 11> items = {{
    {"MESSAGES", form::number},
    {"RECENT", form::number},
    {"UIDNEXT", form::number},
    {"UIDVALIDITY", form::number},
    {"UNSEEN", form::number},
    {"DELETED", form::number},
    {"SIZE", form::number64},
    {"DELETED-STORAGE", form::number64},
    {"HIGHESTMODSEQ", form::modseq},
    {"MAILBOXID", form::objectid},
    {"APPENDLIMIT", form::number_or_nil},
}};

void check_value(checker& c, const status_item& item, const node& value) {
    const auto& extension = req::imap_syntax_status_extension;
    switch (item.is) {
    case form::number: c.number(value, item.name); break;
    case form::number64: c.number64(value, item.name); break;
    case form::modseq:
        if (value.kind != value_kind::atom || !number63(c.raw(value))) {
            c.broken(extension, value, item.name, "no number of 63 bits");
        }
        break;
    case form::objectid: c.objectid(extension, value, item.name); break;
    case form::number_or_nil:
        if (!c.is_nil(value)) {
            c.number(value, item.name);
        }
        break;
    }
}

void check_items(checker& c, const node& list) {
    const auto& rule = req::imap_syntax_status;
    cursor rest(c.values(), c.values().child(list));
    while (const node* name = rest.take()) {
        const node* value = rest.take();
        if (!c.atom(rule, *name, "item")) {
            return;
        }
        if (!value) {
            c.missing(rule, checker::end(list), "the value of an item");
            return;
        }
        for (const status_item& item : items) {
            if (c.is(*name, item.name)) {
                check_value(c, item, *value);
            }
        }
    }
}

bool is_repeated(checker& c, const node* first, const node& name) {
    for (const node* n = first; n != &name;) {
        if (same_ci(c.raw(*n), c.raw(name))) {
            return true;
        }
        const node* value = c.values().next(*n);
        n = c.values().next(*value);
    }
    return false;
}

void check_id_limits(checker& c, const node* first) {
    const auto& rule = req::imap_syntax_id_limits;
    constexpr std::size_t most_pairs = 30, longest_name = 30, longest_value = 1024;
    cursor rest(c.values(), first);
    for (std::size_t count = 1; rest.peek(); ++count) {
        const node* name = rest.take();
        const node* value = rest.take();
        if (!value) {
            return;
        }
        if (count > most_pairs) {
            c.broken(rule, *name, "field", "more than 30 of them");
            return;
        }
        if (name->size > longest_name) {
            c.broken(rule, *name, "field", "longer than 30 octets");
        }
        if (value->size > longest_value && c.values().text(*value).size() > longest_value) {
            c.broken(rule, *value, "value", "longer than 1024 octets");
        }
        if (is_repeated(c, first, *name)) {
            c.broken(rule, *name, "field", "a second time");
        }
    }
}

} // namespace

void check_status_data(checker& c, const node* first, std::size_t end) {
    const auto& rule = req::imap_syntax_status;
    cursor rest(c.values(), first);
    const node* mailbox = rest.take();
    const node* list = rest.take();
    if (mailbox) {
        c.mailbox(*mailbox);
    }
    if (!list) {
        c.missing(rule, end, mailbox ? "the list of items" : "the mailbox");
        return;
    }
    if (c.list(rule, *list, "items")) {
        check_items(c, *list);
    }
    c.surplus(rule, rest.peek(), "STATUS");
}

void check_id(checker& c, const node* first, std::size_t end) {
    const auto& rule = req::imap_syntax_id;
    if (!first) {
        c.missing(rule, end, "the list of pairs");
        return;
    }
    c.surplus(rule, c.values().next(*first), "ID");
    if (c.is_nil(*first) || !c.list(rule, *first, "pairs")) {
        return;
    }
    cursor rest(c.values(), c.values().child(*first));
    while (const node* name = rest.take()) {
        const node* value = rest.take();
        if (!checker::is_string(*name)) {
            c.broken(rule, *name, "field", "no string");
        }
        if (!value) {
            c.missing(rule, checker::end(*first), "the value of a field");
        } else if (!checker::is_string(*value) && !c.is_nil(*value)) {
            c.broken(rule, *value, "value", "neither a string nor NIL");
        }
    }
    check_id_limits(c, c.values().child(*first));
}

} // namespace mailspec::wire::imap
