#include "harness/rfc/catalogue.hpp"
#include "harness/wire/imap/checks.hpp"
#include "harness/wire/imap/octets.hpp"

#include <algorithm>

namespace mailspec::wire::imap {

namespace req = rfc::req;

namespace {

const node* need(checker& c, cursor& rest, const rfc::requirement& rule, std::size_t end, std::string_view what) {
    const node* n = rest.take();
    if (!n) {
        c.missing(rule, end, what);
    }
    return n;
}

bool check_mailbox(checker& c, cursor& rest, const rfc::requirement& rule, std::size_t end) {
    const node* n = need(c, rest, rule, end, "the mailbox");
    return n && c.mailbox(*n);
}

void check_rights(checker& c, const rfc::requirement& rule, const node& n) {
    const std::string_view rights = c.raw(n);
    const bool good =
        (n.kind == value_kind::atom || checker::is_string(n)) &&
        std::all_of(rights.begin(), rights.end(), [](char r) { return is_digit(r) || (r >= 'a' && r <= 'z'); });
    if (!good) {
        c.broken(rule, n, "rights", "not only lowercase letters and digits");
    }
}

bool check_resource(checker& c, cursor& rest, const node& name, std::size_t end) {
    const auto& rule = req::imap_syntax_quota;
    if (!c.atom(rule, name, "resource")) {
        return false;
    }
    for (const std::string_view what : {"the usage of a resource", "the limit of a resource"}) {
        const node* n = need(c, rest, rule, end, what);
        if (!n || !c.number64(*n, what)) {
            return false;
        }
    }
    return true;
}

void check_values(checker& c, const node& list) {
    const auto& rule = req::imap_syntax_metadata;
    cursor rest(c.values(), c.values().child(list));
    if (!rest.peek()) {
        c.broken(rule, list, "entries", "an empty list");
    }
    while (const node* entry = rest.take()) {
        c.astring(*entry, "entry");
        const node* value = need(c, rest, rule, checker::end(list), "the value of an entry");
        if (value && value->kind != value_kind::literal8) {
            c.nstring(*value, "value of an entry");
        }
    }
}

/// A list of at least one astring.
void check_names(checker& c, const rfc::requirement& rule, const node& list, std::string_view what) {
    if (list.kind != value_kind::list || !list.child) {
        c.broken(rule, list, what, "no list of at least one");
        return;
    }
    for (const node& n : children(c.values(), list)) {
        c.astring(n, what);
    }
}

} // namespace

void check_quota(checker& c, const node* first, std::size_t end) {
    const auto& rule = req::imap_syntax_quota;
    cursor rest(c.values(), first);
    const node* root = need(c, rest, rule, end, "the quota root");
    if (root) {
        c.astring(*root, "quota root");
    }
    const node* list = root ? need(c, rest, rule, end, "the list of resources") : nullptr;
    if (!list || !c.list(rule, *list, "resources")) {
        return;
    }
    cursor resources(c.values(), c.values().child(*list));
    while (const node* name = resources.take()) {
        if (!check_resource(c, resources, *name, checker::end(*list))) {
            break;
        }
    }
    c.surplus(rule, rest.peek(), "QUOTA");
}

void check_quotaroot(checker& c, const node* first, std::size_t end) {
    cursor rest(c.values(), first);
    check_mailbox(c, rest, req::imap_syntax_quotaroot, end);
    while (const node* root = rest.take()) {
        c.astring(*root, "quota root");
    }
}

void check_acl(checker& c, const node* first, std::size_t end) {
    const auto& rule = req::imap_syntax_acl;
    cursor rest(c.values(), first);
    check_mailbox(c, rest, rule, end);
    while (const node* identifier = rest.take()) {
        c.astring(*identifier, "identifier");
        if (const node* rights = need(c, rest, rule, end, "the rights of an identifier")) {
            check_rights(c, rule, *rights);
        }
    }
}

void check_listrights(checker& c, const node* first, std::size_t end) {
    const auto& rule = req::imap_syntax_listrights;
    cursor rest(c.values(), first);
    check_mailbox(c, rest, rule, end);
    const node* identifier = first ? need(c, rest, rule, end, "the identifier") : nullptr;
    if (!identifier) {
        return;
    }
    c.astring(*identifier, "identifier");
    const node* rights = need(c, rest, rule, end, "the rights");
    for (; rights; rights = rest.take()) {
        check_rights(c, rule, *rights);
    }
}

void check_myrights(checker& c, const node* first, std::size_t end) {
    const auto& rule = req::imap_syntax_myrights;
    cursor rest(c.values(), first);
    check_mailbox(c, rest, rule, end);
    const node* rights = first ? need(c, rest, rule, end, "the rights") : nullptr;
    if (rights) {
        check_rights(c, rule, *rights);
        c.surplus(rule, rest.peek(), "MYRIGHTS");
    }
}

void check_metadata(checker& c, const node* first, std::size_t end) {
    const auto& rule = req::imap_syntax_metadata;
    cursor rest(c.values(), first);
    check_mailbox(c, rest, rule, end);
    const node* entries = first ? need(c, rest, rule, end, "the entries") : nullptr;
    if (!entries) {
        return;
    }
    if (entries->kind == value_kind::list) {
        check_values(c, *entries);
        c.surplus(rule, rest.peek(), "METADATA");
        return;
    }
    for (; entries; entries = rest.take()) {
        c.astring(*entries, "entry");
    }
}

void check_language(checker& c, const node* first, std::size_t end) {
    const auto& rule = req::imap_syntax_language;
    cursor rest(c.values(), first);
    if (const node* tags = need(c, rest, rule, end, "the list of language tags")) {
        check_names(c, rule, *tags, "language tag");
        c.surplus(rule, rest.peek(), "LANGUAGE");
    }
}

void check_comparator(checker& c, const node* first, std::size_t end) {
    const auto& rule = req::imap_syntax_comparator;
    cursor rest(c.values(), first);
    const node* active = need(c, rest, rule, end, "the comparator");
    if (!active) {
        return;
    }
    c.astring(*active, "comparator");
    if (const node* matching = rest.take()) {
        check_names(c, rule, *matching, "comparator");
    }
    c.surplus(rule, rest.peek(), "COMPARATOR");
}

} // namespace mailspec::wire::imap
