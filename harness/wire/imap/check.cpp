#include "harness/rfc/catalogue.hpp"
#include "harness/wire/imap/checks.hpp"
#include "harness/wire/imap/octets.hpp"

namespace mailspec::wire::imap {

namespace req = rfc::req;

namespace {

void check_flags(checker& c, const node* first, std::size_t end) {
    if (!first) {
        c.missing(req::imap_syntax_flags, end, "the list of flags");
        return;
    }
    c.flags(req::imap_syntax_flags, *first, "flags");
    c.surplus(req::imap_syntax_flags, c.values().next(*first), "FLAGS");
}

void check_items(checker& c, const node* first, std::size_t end) {
    if (!first) {
        c.missing(req::imap_syntax_fetch, end, "the list of items");
        return;
    }
    check_fetch(c, *first);
    c.surplus(req::imap_syntax_fetch, c.values().next(*first), "FETCH");
}

void check_enabled(checker& c, const node* first) {
    for (const node& n : node_range(c.values(), first)) {
        c.atom(req::imap_syntax_enabled, n, "capability");
    }
}

void check_data(const response& r, checker& c, const node* first, std::size_t end) {
    using enum response_kind;
    switch (r.kind) {
    case capability: check_capabilities(c, first, end); break;
    case enabled: check_enabled(c, first); break;
    case id: check_id(c, first, end); break;
    case list:
    case xlist:
    case lsub: check_list(c, first, end); break;
    case namespace_: check_namespace(c, first, end); break;
    case status: check_status_data(c, first, end); break;
    case search: check_search(c, req::imap_syntax_search, first); break;
    case sort: check_search(c, req::imap_syntax_sort, first); break;
    case esearch: check_esearch(c, first, end); break;
    case thread: check_thread(c, first); break;
    case flags: check_flags(c, first, end); break;
    case exists:
    case recent:
    case expunge: c.surplus(req::imap_syntax_response, first, r.name()); break;
    case vanished: check_vanished(c, first, end); break;
    case fetch: check_items(c, first, end); break;
    case quota: check_quota(c, first, end); break;
    case quotaroot: check_quotaroot(c, first, end); break;
    case acl: check_acl(c, first, end); break;
    case listrights: check_listrights(c, first, end); break;
    case myrights: check_myrights(c, first, end); break;
    case metadata: check_metadata(c, first, end); break;
    case language: check_language(c, first, end); break;
    case comparator: check_comparator(c, first, end); break;
    default: break;
    }
}

/// Where the response's data end: in front of its line end.
std::size_t end_of_data(std::string_view frame) {
    std::size_t end = frame.size();
    while (end > 0 && (frame[end - 1] == '\n' || frame[end - 1] == '\r')) {
        --end;
    }
    return end;
}

} // namespace

void check(const response& r, reporter& report) {
    checker c(r.values, report);
    if (const node* code = r.code()) {
        check_code(c, *code);
    }
    if (r.form == response_form::untagged && !r.is_status()) {
        check_data(r, c, r.values.child(r.values.root()), end_of_data(r.values.frame()));
    }
}

void check_capabilities(checker& c, const node* first, std::size_t end) {
    bool has_revision = false;
    for (const node& n : node_range(c.values(), first)) {
        if (!c.atom(req::imap_syntax_capability, n, "capability")) {
            return;
        }
        has_revision = has_revision || c.is(n, "IMAP4rev1") || c.is(n, "IMAP4rev2");
    }
    if (!has_revision) {
        c.missing(req::imap_syntax_capability, end, "IMAP4rev1 or IMAP4rev2");
    }
}

} // namespace mailspec::wire::imap
