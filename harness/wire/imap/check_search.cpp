#include "harness/rfc/catalogue.hpp"
#include "harness/wire/imap/checks.hpp"
#include "harness/wire/imap/numbers.hpp"
#include "harness/wire/imap/sequence_set.hpp"

namespace mailspec::wire::imap {

namespace req = rfc::req;

namespace {

/// "(" "MODSEQ" SP mod-sequence-value ")" behind the numbers.
void check_modseq(checker& c, const rfc::requirement& rule, const node& list) {
    const node* name = c.values().child(list);
    const node* value = name ? c.values().next(*name) : nullptr;
    if (!value || value->next || !c.is(*name, "MODSEQ")) {
        c.broken(rule, list, "list", "not MODSEQ and its value");
        return;
    }
    c.modseq(rule, *value, "MODSEQ");
}

void check_correlator(checker& c, const node& list) {
    const auto& rule = req::imap_syntax_esearch;
    cursor rest(c.values(), c.values().child(list));
    const node* first = rest.peek();
    if (!first || !c.is(*first, "TAG")) {
        c.broken(rule, list, "correlator", "no TAG in it");
        return;
    }
    while (const node* name = rest.take()) {
        const node* value = rest.take();
        if (!value) {
            c.missing(rule, checker::end(list), "the value in a correlator");
            return;
        }
        c.atom(rule, *name, "correlator");
        c.astring(*value, "correlator");
    }
}

void check_return_data(checker& c, const node& name, const node& value) {
    const auto& rule = req::imap_syntax_esearch;
    if (c.is(name, "MIN") || c.is(name, "MAX")) {
        c.nz_number(value, c.raw(name));
    } else if (c.is(name, "COUNT")) {
        c.number(value, "COUNT");
    } else if (c.is(name, "ALL")) {
        c.sequence_set(value, "ALL");
    } else if (c.is(name, "MODSEQ")) {
        c.modseq(rule, value, "MODSEQ");
    } else if (value.kind != value_kind::list && value.kind != value_kind::atom) {
        c.broken(rule, value, "return data", "neither a set, a number nor a list");
    }
}

/// "(" (thread-members / thread-nested) ")"
void check_thread_list(checker& c, const node& list) {
    const auto& rule = req::imap_syntax_thread;
    if (!c.list(rule, list, "thread")) {
        return;
    }
    const node* first = c.values().child(list);
    if (!first) {
        c.broken(rule, list, "thread", "an empty list");
        return;
    }
    c.together(rule, first);
    std::size_t nested = 0;
    for (const node& n : node_range(c.values(), first)) {
        if (n.kind == value_kind::list) {
            ++nested;
            check_thread_list(c, n);
        } else if (nested > 0) {
            c.broken(rule, n, "thread", "a number behind nested threads");
            return;
        } else {
            c.nz_number(n, "thread");
        }
    }
    if (nested == 1) {
        c.broken(rule, list, "thread", "a single nested thread");
    }
}

} // namespace

void check_search(checker& c, const rfc::requirement& rule, const node* first) {
    for (const node* n = first; n; n = c.values().next(*n)) {
        if (n->kind == value_kind::list && !n->next && n != first) {
            check_modseq(c, rule, *n);
        } else if (n->kind != value_kind::atom) {
            c.broken(rule, *n, "argument", "no message number");
        } else if (!c.nz_number(*n, "message number")) {
            return;
        }
    }
}

void check_esearch(checker& c, const node* first, std::size_t end) {
    const auto& rule = req::imap_syntax_esearch;
    cursor rest(c.values(), first);
    if (rest.peek() && rest.peek()->kind == value_kind::list) {
        check_correlator(c, *rest.take());
    }
    if (rest.peek() && c.is(*rest.peek(), "UID")) {
        rest.take();
    }
    while (const node* name = rest.take()) {
        const node* value = rest.take();
        if (!c.atom(rule, *name, "return data")) {
            return;
        }
        if (!value) {
            c.missing(rule, end, "the value of return data");
            return;
        }
        check_return_data(c, *name, *value);
    }
}

void check_thread(checker& c, const node* first) {
    c.together(req::imap_syntax_thread, first);
    for (const node& n : node_range(c.values(), first)) {
        check_thread_list(c, n);
    }
}

void check_vanished(checker& c, const node* first, std::size_t end) {
    const auto& rule = req::imap_syntax_vanished;
    cursor rest(c.values(), first);
    if (rest.peek() && rest.peek()->kind == value_kind::list) {
        const node* list = rest.take();
        const node* word = c.values().child(*list);
        if (!word || word->next || !c.is(*word, "EARLIER")) {
            c.broken(rule, *list, "list", "not EARLIER");
        }
    }
    const node* uids = rest.take();
    if (!uids) {
        c.missing(rule, end, "the set of UIDs");
        return;
    }
    if (uids->kind != value_kind::atom || !is_uid_set(c.raw(*uids))) {
        c.broken(rule, *uids, "VANISHED", "no set of UIDs");
    }
    c.surplus(rule, rest.peek(), "VANISHED");
}

} // namespace mailspec::wire::imap
