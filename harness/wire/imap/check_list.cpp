#include "harness/rfc/catalogue.hpp"
#include "harness/wire/imap/checks.hpp"

#include <algorithm>
#include <array>

namespace mailspec::wire::imap {

namespace req = rfc::req;

namespace {

template <std::size_t N> bool is_one_of(checker& c, const node& n, const std::array<std::string_view, N>& names) {
    return std::any_of(names.begin(), names.end(), [&](std::string_view name) { return c.is(n, name); });
}

bool stands_before(checker& c, const node& list, const node& attribute) {
    for (const node& n : children(c.values(), list)) {
        if (&n == &attribute) {
            return false;
        }
        if (c.is(n, c.raw(attribute))) {
            return true;
        }
    }
    return false;
}

bool check_attribute(checker& c, const node& list, const node& n) {
    const auto& rule = req::imap_syntax_list_attributes;
    const std::string_view name = c.raw(n);
    const bool good = n.kind == value_kind::atom && name.size() > 1 && name.front() == '\\' &&
                      name.find_first_of("]*") == std::string_view::npos;
    if (!good) {
        return c.broken(rule, n, "attribute", "not a backslash and an atom");
    }
    return !stands_before(c, list, n) || c.broken(rule, n, "attribute", "a second time");
}

void check_attributes(checker& c, const node& list) {
    static constexpr std::array<std::string_view, 4> selectability = {"\\NonExistent", "\\Noselect", "\\Marked",
                                                                      "\\Unmarked"};
    static constexpr std::array<std::string_view, 2> children_known = {"\\HasChildren", "\\HasNoChildren"};
    constexpr std::size_t many = 64;
    if (!c.list(req::imap_syntax_list, list, "attributes")) {
        return;
    }
    std::size_t count = 0, selecting = 0, parental = 0;
    for (const node& n : children(c.values(), list)) {
        if (++count > many || !check_attribute(c, list, n)) {
            return;
        }
        if (is_one_of(c, n, selectability) && ++selecting == 2) {
            c.broken(req::imap_syntax_list_attributes, n, "attribute", "a second one of selectability");
        }
        if (is_one_of(c, n, children_known) && ++parental == 2) {
            c.broken(req::imap_syntax_list_children, n, "attribute", "both children and none");
        }
    }
}

void check_childinfo(checker& c, const node& value) {
    bool good = value.kind == value_kind::list && value.child;
    for (const node& option : node_range(c.values(), good ? c.values().child(value) : nullptr)) {
        good = good && option.kind == value_kind::quoted;
    }
    if (!good) {
        c.broken(req::imap_syntax_list_childinfo, value, "CHILDINFO", "no list of quoted options");
    }
}

void check_oldname(checker& c, const node& value) {
    const node* name = value.kind == value_kind::list ? c.values().child(value) : nullptr;
    if (!name || name->next) {
        c.broken(req::imap_syntax_list_oldname, value, "OLDNAME", "not one mailbox in parentheses");
        return;
    }
    c.mailbox(*name);
}

/// The examples of RFC 5258 have strings where its grammar has none, so the values of other items are not judged.
void check_extended_item(checker& c, const node& name, const node& value) {
    if (c.is(name, "CHILDINFO")) {
        check_childinfo(c, value);
    } else if (c.is(name, "OLDNAME")) {
        check_oldname(c, value);
    }
}

void check_extended(checker& c, const node& list) {
    const auto& rule = req::imap_syntax_list_extended;
    if (!c.list(rule, list, "extended data")) {
        return;
    }
    cursor rest(c.values(), c.values().child(list));
    while (const node* name = rest.take()) {
        const node* value = rest.take();
        if (!value) {
            c.missing(rule, checker::end(list), "the value of an extended item");
            return;
        }
        if (c.astring(*name, "extended item")) {
            check_extended_item(c, *name, *value);
        }
    }
}

/// "(" string SP delimiter *(SP string SP "(" string *(SP string) ")") ")"
void check_description(checker& c, const node& n) {
    const auto& rule = req::imap_syntax_namespace;
    if (!c.list(rule, n, "namespace")) {
        return;
    }
    cursor rest(c.values(), c.values().child(n));
    const node* prefix = rest.take();
    const node* delimiter = rest.take();
    if (!delimiter) {
        c.missing(rule, checker::end(n), "the prefix or delimiter of a namespace");
        return;
    }
    c.string(*prefix, "namespace prefix");
    c.delimiter(rule, *delimiter);
    while (const node* name = rest.take()) {
        const node* values = rest.take();
        c.string(*name, "namespace extension");
        if (!values || values->kind != value_kind::list || !values->child) {
            c.broken(rule, *name, "namespace extension", "no list of strings behind it");
            return;
        }
        for (const node& value : children(c.values(), *values)) {
            c.string(value, "namespace extension");
        }
    }
}

void check_namespaces(checker& c, const node& n) {
    const auto& rule = req::imap_syntax_namespace;
    if (c.is_nil(n)) {
        return;
    }
    if (n.kind != value_kind::list || !n.child) {
        c.broken(rule, n, "namespaces", "neither NIL nor a list of namespaces");
        return;
    }
    c.together(rule, c.values().child(n));
    for (const node& description : children(c.values(), n)) {
        check_description(c, description);
    }
}

} // namespace

void check_list(checker& c, const node* first, std::size_t end) {
    const auto& rule = req::imap_syntax_list;
    cursor rest(c.values(), first);
    const node* attributes = rest.take();
    const node* delimiter = rest.take();
    const node* mailbox = rest.take();
    if (attributes) {
        check_attributes(c, *attributes);
    }
    if (delimiter) {
        c.delimiter(rule, *delimiter);
    }
    if (!mailbox) {
        c.missing(rule, end, !attributes ? "the attributes" : !delimiter ? "the delimiter" : "the mailbox");
        return;
    }
    c.mailbox(*mailbox);
    if (const node* extended = rest.take()) {
        check_extended(c, *extended);
    }
    c.surplus(rule, rest.peek(), "list");
}

void check_namespace(checker& c, const node* first, std::size_t end) {
    const auto& rule = req::imap_syntax_namespace;
    c.apart(rule, first);
    cursor rest(c.values(), first);
    for (const std::string_view what :
         {"the personal namespaces", "the other users' namespaces", "the shared namespaces"}) {
        const node* n = rest.take();
        if (!n) {
            c.missing(rule, end, what);
            return;
        }
        check_namespaces(c, *n);
    }
    c.surplus(rule, rest.peek(), "NAMESPACE");
}

} // namespace mailspec::wire::imap
