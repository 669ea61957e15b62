#include "harness/wire/imap/views.hpp"

#include "harness/wire/imap/numbers.hpp"
#include "harness/wire/imap/octets.hpp"

#include <algorithm>

namespace mailspec::wire::imap {

namespace {

const node* nth(const tree& t, const node* n, std::size_t index) {
    for (; n && index > 0; --index) {
        n = t.next(*n);
    }
    return n;
}

/// First argument of the response's code, when that has the name.
const node* first_in_code(const response& r, std::string_view name) {
    return has_code(r, name) ? code_argument(r, 0) : nullptr;
}

std::optional<std::uint32_t> number32_of(const tree& t, const node* n) {
    return n ? number32(t.raw(*n)) : std::nullopt;
}

} // namespace

const node* argument(const response& r, std::size_t index) {
    return r.values.nodes.empty() ? nullptr : nth(r.values, r.values.child(r.values.root()), index);
}

node_range arguments(const response& r) { return {r.values, argument(r, 0)}; }

const node* value_of(const tree& t, const node* first_key, std::string_view key) {
    for (const node* name = first_key; name;) {
        const node* value = t.next(*name);
        if (value && t.equals_ci(*name, key)) {
            return value;
        }
        name = value ? t.next(*value) : nullptr;
    }
    return nullptr;
}

bool contains_ci(const tree& t, const node* first, std::string_view octets) {
    const node_range all(t, first);
    return std::any_of(all.begin(), all.end(), [&](const node& n) { return t.equals_ci(n, octets); });
}

std::optional<std::uint64_t> number_of(const tree& t, const node* n) {
    return n && n->kind == value_kind::atom ? number63(t.raw(*n)) : std::nullopt;
}

const node* find_fetch_item(const response& r, std::string_view name) {
    const node* items = r.kind == response_kind::fetch ? argument(r, 0) : nullptr;
    return items ? value_of(r.values, r.values.child(*items), name) : nullptr;
}

node_range flags_of(const response& r) {
    const node* list = r.kind == response_kind::fetch   ? find_fetch_item(r, "FLAGS")
                       : r.kind == response_kind::flags ? argument(r, 0)
                                                        : first_in_code(r, "PERMANENTFLAGS");
    return list ? children(r.values, *list) : node_range();
}

std::optional<list_view> list_of(const response& r) {
    const bool is_list =
        r.kind == response_kind::list || r.kind == response_kind::lsub || r.kind == response_kind::xlist;
    const node* attributes = is_list ? argument(r, 0) : nullptr;
    const node* mailbox = is_list ? argument(r, 2) : nullptr;
    if (!mailbox) {
        return std::nullopt;
    }
    return list_view{children(r.values, *attributes), argument(r, 1), mailbox, argument(r, 3)};
}

bool has_attribute(const response& r, std::string_view attribute) {
    const auto list = list_of(r);
    return list && !list->attributes.empty() && contains_ci(r.values, &*list->attributes.begin(), attribute);
}

const node* status_mailbox(const response& r) { return r.kind == response_kind::status ? argument(r, 0) : nullptr; }

std::optional<std::uint64_t> status_item(const response& r, std::string_view name) {
    const node* items = r.kind == response_kind::status ? argument(r, 1) : nullptr;
    return items ? number_of(r.values, value_of(r.values, r.values.child(*items), name)) : std::nullopt;
}

node_range capabilities_of(const response& r) {
    const bool is_data = r.kind == response_kind::capability || r.kind == response_kind::enabled;
    return {r.values, is_data ? argument(r, 0) : first_in_code(r, "CAPABILITY")};
}

const node* find_esearch_item(const response& r, std::string_view name) {
    const node* n = r.kind == response_kind::esearch ? argument(r, 0) : nullptr;
    if (n && n->kind == value_kind::list) {
        n = r.values.next(*n);
    }
    if (n && r.values.equals_ci(*n, "UID")) {
        n = r.values.next(*n);
    }
    return value_of(r.values, n, name);
}

std::string_view code_name(const response& r) {
    const node* code = r.code();
    const node* name = code ? r.values.child(*code) : nullptr;
    return name ? r.values.raw(*name) : std::string_view();
}

bool has_code(const response& r, std::string_view name) { return same_ci(code_name(r), name); }

const node* code_argument(const response& r, std::size_t index) {
    const node* code = r.code();
    return code ? nth(r.values, r.values.child(*code), index + 1) : nullptr;
}

std::optional<std::uint64_t> code_number(const response& r, std::string_view name) {
    return number_of(r.values, first_in_code(r, name));
}

std::optional<appenduid_view> appenduid_of(const response& r) {
    const auto uidvalidity = number32_of(r.values, first_in_code(r, "APPENDUID"));
    const node* uids = code_argument(r, 1);
    return uidvalidity && uids ? std::optional(appenduid_view{*uidvalidity, r.values.raw(*uids)}) : std::nullopt;
}

std::optional<copyuid_view> copyuid_of(const response& r) {
    const auto uidvalidity = number32_of(r.values, first_in_code(r, "COPYUID"));
    const node* from = code_argument(r, 1);
    const node* to = code_argument(r, 2);
    if (!uidvalidity || !from || !to) {
        return std::nullopt;
    }
    return copyuid_view{*uidvalidity, r.values.raw(*from), r.values.raw(*to)};
}

std::optional<vanished_view> vanished_of(const response& r) {
    const node* n = r.kind == response_kind::vanished ? argument(r, 0) : nullptr;
    const bool earlier = n && n->kind == value_kind::list;
    const node* uids = earlier ? r.values.next(*n) : n;
    if (!uids) {
        return std::nullopt;
    }
    return vanished_view{earlier ? vanished_view::when::earlier : vanished_view::when::now, r.values.raw(*uids)};
}

} // namespace mailspec::wire::imap
